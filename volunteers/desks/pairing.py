"""M18 “1+2+4+X” and M21 三级包联."""

from suzhou_portal.desks.registry import Desk, Page, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import PairingLink, SystemSlot

PAIRED = (
    Column("包联党组织", "party_body"),
    Column("层级", "tier"),
    Column("社区或网格", "area"),
    Column("开始日期", "started_on"),
)
SLOT = (Column("名称", "__str__"), Column("部分", "segment"), Column("内涵", "meaning"))

desks.add(
    Desk(
        name="pairings",
        party=Party.VOLUNTEERS,
        model=PairingLink,
        title="三级包联",
        lead="机关单位党组织包联社区、内设机构党支部包联网格、党员就近就地下沉社区。",
        fields=("area", "tier", "party_body", "started_on", "ended_on"),
        remembered=("tier", "started_on"),
        columns=(*PAIRED, Column("结束日期", "ended_on")),
        search=("party_body",),
        filters=("tier",),
        pages=(Page(label="包联缺口", route="pairing_gaps", permission="volunteers.view_pairinglink"),),
        public=Public(
            title="三级包联",
            lead="您的社区、网格由哪个党组织包联。",
            records=lambda day: PairingLink.objects.open_on(day).order_by("area_id", "tier", "pk"),
            columns=PAIRED,
        ),
    ),
    Desk(
        name="system-slots",
        party=Party.VOLUNTEERS,
        model=SystemSlot,
        title="“1+2+4+X”体系构成",
        lead="各部分内涵公开资料没有说明；核定后在这里填写。哪支队伍在哪个位置，在数据管理的队伍中选。",
        fields=("area", "segment", "position", "title", "meaning"),
        columns=SLOT,
        facts=(*SLOT, Column("序号", "position"), Column("地区", "area")),
        search=("title", "meaning"),
        pages=(
            Page(label="体系和队伍", route="volunteer_system", permission="volunteers.view_systemslot"),
        ),
    ),
)  # fmt: skip
