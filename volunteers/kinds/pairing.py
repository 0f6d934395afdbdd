"""M18 “1+2+4+X” and M21 三级包联."""

from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, PageLink, filled, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public
from volunteers.models import PairingActivity, PairingLink, SystemSlot

kinds.add(Kind(
    model=PairingLink, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal", "contact"}) | {Role.GRID_WORKER: VIEW | {"contact"}},
    name="pairings", title="三级包联",
    lead="机关单位党组织包联社区、内设机构党支部包联网格、党员就近就地下沉社区。",
    fields=(
        "area", "tier", "party_body", "contact", "position", "phone", "started_on", "ended_on",
        "explanation",
    ),
    carried=("tier", "started_on"),
    columns=(
        "party_body", "tier", Column("社区或网格", "area"), "started_on", "ended_on",
        Column("开展活动", "done", rows="activities"),
    ),
    facts=(
        "tier", Column("社区或网格", "area"), "contact", "position", "phone", "started_on", "ended_on",
        Column("开展活动", "done"), "explanation",
    ),
    search=("party_body",), filters=("tier",),
    pages=(PageLink("包联缺口", "pairing_gaps", "view"),),
    public=Public(
        lead="您的社区、网格由哪个党组织包联。",
        records=lambda day: PairingLink.objects.open_on(day).order_by("area_id", "tier", "pk"),
        columns=(
            "party_body", "tier", Column("社区或网格", "area"), "started_on",
            Column("开展活动", "done", rows="activities"),
        ),
    ),
    ledger=Imported(name="pairings", key=("area", "tier", "party_body")),
    admin=InAdmin(
        columns=("party_body", "tier", "started_on", "ended_on", "masked_contact", "masked_phone"),
        filters=("tier", filled("ended_on")),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PairingActivity, party=Party.VOLUNTEERS,
    roles=offices(KEEP) | {Role.GRID_WORKER: VIEW},
    name="pairing-activities", title="包联活动",
    lead="包联的党组织到社区、网格做了什么，服务多少人次，成效如何。",
    parent="link",
    fields=("held_on", "content", "people", "result", "explanation"),
    columns=("content", "held_on", "people", "result"),
    facts=("link", "held_on", "people", "result", "explanation"),
    search=("content", "link__party_body"),
    files=True,
    public=Public(
        lead="包联的党组织在社区、网格开展的活动。",
        records=lambda day: PairingActivity.objects.until(day, "held_on"),
        columns=(
            "content", "link.party_body", Column("社区或网格", "area"), "held_on",
            "people",
        ),
        facts=(
            "link.party_body", Column("社区或网格", "area"), "held_on", "people",
            "result",
        ),
    ),
    ledger=Imported(
        name="pairing-activities", named_by={"link": "party_body"}, key=("link", "held_on", "content"),
    ),
    admin=InAdmin(
        columns=("content", "link", "held_on", Number("people")), dates="held_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=SystemSlot, party=Party.VOLUNTEERS,
    roles={Role.DISTRICT: KEEP},
    name="system-slots", title="“1+2+4+X”体系构成",
    lead="各部分内涵公开资料没有说明；核定后在这里填写。哪支队伍在哪个位置，在数据管理的队伍中选。",
    fields=("area", "segment", "position", "title", "meaning"),
    columns=(Column("名称", "__str__"), "segment", "meaning"),
    facts=(Column("名称", "__str__"), "segment", "meaning", "position", Column("地区", "area")),
    search=("title", "meaning"),
    pages=(PageLink("体系和队伍", "volunteer_system", "view"),),
    admin=InAdmin(
        columns=("__str__", "segment", "position", "meaning"),
        search=("title", "meaning", "=segment"), filters=("segment",),
    ),
))  # fmt: skip
