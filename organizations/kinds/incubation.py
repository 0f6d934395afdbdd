"""M13 双孵化中心: organizations in the centre, services given to each, and the two tracks."""

from organizations.models import Incubatee, IncubationDelivery, IncubationTrack
from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Rows, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=Incubatee, party=Party.ORGANIZATIONS,
    roles=offices(ENTER) | {Role.ORGANIZATION: ENTER, Role.DISTRICT: ENTER | {"decide"}},
    name="incubatees", title="社会组织孵化",
    lead="社会组织申请，区级评审并定下孵化轨道；入驻、在孵，期满出壳，或者退出。",
    fields=("organization", "plan", "applied_on"),
    columns=("organization", "area", "track", "applied_on", "admitted_on", "ends_on"),
    facts=(
        "area", "applied_on", "plan", "track", "findings", "reviewed_on", "admitted_on",
        "incubating_on", "ends_on", "left_on", "outcome",
    ),
    search=("organization__name", "plan"),
    files=True,
    todos=(
        Todo("to_decide", "待评审的孵化申请", "decide", "applied"),
        Todo("to_admit", "评审通过待入驻的组织", "decide", "approved"),
        Todo("ending", "孵化期满待出壳的组织", "decide", ("admitted", "incubating"), due="ends_on"),
    ),
    public=Public(
        title="孵化中的社会组织",
        lead="入驻孵化中心的社会组织，现在到了哪一步，出壳的有什么成效。",
        records=lambda day: Incubatee.objects.until(day, "admitted_on"),
        columns=(
            "organization", "area", "track", "admitted_on", "incubating_on", "ends_on", "left_on",
        ),
        facts=(
            "organization", "area", "track", "admitted_on", "incubating_on", "ends_on", "left_on",
            "outcome",
        ),
    ),
    ledger=Imported(name="incubatees", key=("organization", "applied_on")),
    admin=InAdmin(
        columns=("organization", "track", "applied_on", "admitted_on", "ends_on", "left_on"),
        dates="applied_on",
        rows=(Rows(IncubationDelivery, ("service", "delivered_on", "content")),),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=IncubationDelivery, party=Party.ORGANIZATIONS,
    roles={Role.ORGANIZATION: VIEW, Role.STREET: VIEW, Role.DISTRICT: ENTER},
    name="incubation-deliveries", title="孵化服务记录",
    lead="给每个孵化对象的基本孵化服务和拓展服务，哪天做了什么。",
    parent="incubatee",
    fields=("incubatee", "service", "delivered_on", "content"), carried=("incubatee", "service"),
    columns=(
        "delivered_on", Column("孵化对象", "incubatee.organization"), "service.tier",
        Column("服务", "service"), "content",
    ),
    search=("content", "service__name", "incubatee__organization__name"),
    files=True, entry=True,
    ledger=Imported(
        name="incubation-deliveries", named_by={"incubatee": "organization__name"},
        key=("incubatee", "service", "delivered_on"),
    ),
    admin=InAdmin(
        columns=("service", "incubatee", "delivered_on", "content"),
        search=("content", "incubatee__organization__name", "service__name"),
        filters=("service__tier",), dates="delivered_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=IncubationTrack, party=Party.ORGANIZATIONS,
    roles=offices(VIEW) | {Role.DISTRICT: KEEP},
    name="incubation-tracks", title="孵化轨道",
    lead="“双孵化”公开资料没有解释，两条轨道的内涵待区委组织部核定；核定后在这里填写。",
    fields=("area", "position", "title", "meaning"),
    columns=(Column("轨道", "__str__"), Column("内涵", "shown_meaning")),
    facts=(Column("轨道", "__str__"), Column("内涵", "shown_meaning"), Column("核定地区", "area")),
    search=("title", "meaning"),
    public=Public(
        title="双孵化中心",
        lead="孵化中心的两条轨道。公开资料没有解释“双孵化”，内涵待区委组织部核定；核定后这里随之更新。",
        records=lambda _: IncubationTrack.objects.order_by("area_id", "position"),
        columns=(Column("轨道", "__str__"), Column("内涵", "shown_meaning")),
    ),
    admin=InAdmin(columns=("__str__", "meaning")),
))  # fmt: skip
