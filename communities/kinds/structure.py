"""M6 一核多元."""

from communities.models import GoverningBody
from suzhou_portal.accounts.roles import KEEP, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Todo, filled, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=GoverningBody, party=Party.COMMUNITIES,
    roles=offices(KEEP | {"reveal"}),
    name="governing-bodies", title="一核多元治理主体",
    lead=(
        "社区党委为核心，各类主体共同参与；社区页面上的治理结构图由这些记录画出。党委、居委会随届次，"
        "物业随服务，共建单位随协议：任期届满、退出小区或协议终止，图上随之不再显示。"
    ),
    fields=(
        "area", "kind", "company", "agreement", "name", "head", "head_name", "founded_on", "ended_on",
    ),
    carried=("area",),
    columns=("name", "kind", Column("社区", "area"), "founded_on", "ended_on"),
    facts=(
        "kind", Column("社区", "area"), "company", "agreement", "head", "head_name", "founded_on",
        "ended_on",
    ),
    search=("name",), filters=("kind",),
    todos=(
        Todo(
            "without_core", "所在社区还没有登记社区党委的治理主体", "change",
            lambda bodies, day: bodies.without_core(day),
        ),
    ),
    public=Public(
        lead="以社区党委为核心、共同参与社区治理的各类主体。各社区的结构图见该社区页面。",
        records=lambda day: GoverningBody.objects.at_work(day),
        columns=(
            "name", "kind", Column("社区", "area"), Column("负责人", "public_head"), "founded_on",
        ),
    ),
    ledger=Imported(
        name="governing-bodies", named_by={"agreement": "unit"}, key=("area", "kind", "name"),
    ),
    admin=InAdmin(
        columns=("name", "kind", "head", "masked_head_name", "founded_on", "ended_on"),
        search=("name", "head__name"), filters=("kind", filled("ended_on")),
    ),
))  # fmt: skip
