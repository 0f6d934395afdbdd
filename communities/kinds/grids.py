"""M2 网格精细化管理."""

from communities.models import GridBranch, GridEvent, GridPost, MediationCase
from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Beside, Imported, InAdmin, Kind, Todo, filled, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=GridEvent, party=Party.COMMUNITIES,
    roles=offices(KEEP | {"direct", "dispatch", "handle", "check", "reveal"}) | {
        Role.GRID_WORKER: ENTER | {"handle", "contact"},
        Role.COMMUNITY: KEEP | {"dispatch", "handle", "check", "reveal", "contact"},
    },
    name="grid-events", title="网格事件",
    lead="巡查发现或居民反映的事：派单、处置，由处置人以外的人核查后办结。当场处置的可以直接填结果。",
    fields=("area", "kind", "title", "place", "description", "contact", "phone", "due_on"),
    carried=("area", "kind"),
    columns=("title", "kind", "area", "reported_on", "due_on", "handler"),
    facts=(
        "kind", "area", "place", "description", "contact", "phone", "reported_on", "due_on",
        "handler", Column("人民调解案件", "mediation"), "result", "handled_on", "closed_on",
    ),
    search=("title", "place", "description"), filters=("kind",),
    beside=(Beside(MediationCase, "event"),),
    files=True, entry=True,
    todos=(
        Todo(
            "to_dispatch", "待派单的网格事件", "dispatch", lambda events, day: events.undispatched(day)
        ),
        Todo("to_handle", "派给您处置的网格事件", "handle", "in_hand", own="handler"),
        Todo("to_check", "待核查的网格事件", "check", "handled"),
        Todo("overdue", "超期未办结的网格事件", "handle", past="due_on"),
        Todo("escalated", "上报街道待处理的网格事件", "direct", "escalated"),
    ),
    ledger=Imported(name="grid-events", key=("area", "title", "place")),
    admin=InAdmin(
        columns=("title", "kind", "reported_on", "due_on", "closed_on", "masked_phone"),
        dates="reported_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=GridPost, party=Party.COMMUNITIES,
    roles=offices(KEEP) | {Role.GRID_WORKER: VIEW},
    name="grid-posts", title="网格队伍",
    lead="每个网格的网格长、网格员和支部书记。",
    fields=("area", "person", "role", "started_on", "ended_on"), carried=("role",),
    columns=(Column("网格", "area"), "role", Column("姓名", "person"), "started_on", "ended_on"),
    search=("person__name",), filters=("role",),
    public=Public(
        title="网格和网格员",
        lead="您所在网格由谁负责。有事可找网格员，或拨打社区服务电话。",
        records=lambda day: GridPost.objects.open_on(day),
        columns=(
            Column("网格", "area"), "role", Column("姓名", "person.masked_name"), "started_on",
        ),
    ),
    ledger=Imported(name="grid-posts", key=("area", "person", "role", "started_on")),
    admin=InAdmin(
        columns=("person", "role", "started_on", "ended_on"), filters=("role", filled("ended_on")),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=GridBranch, party=Party.COMMUNITIES,
    roles=offices(KEEP) | {Role.GRID_WORKER: VIEW},
    name="grid-branches", title="网格党支部",
    lead="建在网格上的党支部。",
    fields=("area", "name", "members", "founded_on", "dissolved_on"),
    columns=("name", Column("网格", "area"), "members", "founded_on"),
    search=("name",),
    ledger=Imported(name="grid-branches", key=("area", "name")),
    admin=InAdmin(columns=("name", "members", "founded_on", "dissolved_on")),
))  # fmt: skip
