"""M22 平时敲门响铃."""

from suzhou_portal.accounts.roles import ENTER, KEEP, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party
from volunteers.models import DoorVisit, VisitTarget

kinds.add(Kind(
    model=VisitTarget, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal"}) | {
        Role.COMMUNITY: KEEP | {"reveal", "contact"}, Role.GRID_WORKER: ENTER | {"contact"},
    },
    name="visit-targets", title="走访对象",
    lead="网格、社区约定经常上门的住户：为什么去、约定了什么、几天去一次；到时没有见到的列入待走访。",
    fields=(
        "area", "address", "reason", "agreed", "every_days", "resident_name", "phone", "since",
        "ended_on",
    ),
    carried=("area", "reason", "every_days"),
    columns=(
        "address", Column("网格或社区", "area"), "reason", "agreed", "every_days",
        Column("最近见到", "last_met", rows="door_visits"),
    ),
    facts=(
        Column("网格或社区", "area"), "reason", "agreed", "every_days",
        Column("最近见到", "last_met", rows="door_visits"), "resident_name", "phone", "since",
        "ended_on",
    ),
    search=("address", "agreed"), filters=("reason",),
    todos=(Todo("to_visit", "到期待走访的住户", "change", lambda ones, day: ones.due(day)),),
    ledger=Imported(name="visit-targets", key=("area", "address")),
    admin=InAdmin(
        columns=("address", "reason", "agreed", "every_days", "since", "masked_phone"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=DoorVisit, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal"}) | {
        Role.COMMUNITY: KEEP | {"reveal", "contact"}, Role.TEAM: ENTER | {"contact"},
        Role.GRID_WORKER: ENTER | {"contact"},
    },
    name="door-visits", title="敲门走访",
    lead="敲门响铃，一次一条；发现的需求填在同一张表里，自动转为服务请求。",
    fields=(
        "area", "target", "address", "outcome", "situation", "need_kind", "need", "resident_name",
        "phone", "team", "visited_on", "visited_at",
    ),
    carried=("area", "team"),
    columns=("address", "area", "outcome", "need_kind", "visited_on", "visited_at"),
    facts=(
        "area", "target.agreed", "outcome", "situation", "need_kind", "need", "resident_name",
        "phone", "team", "visited_on", "visited_at",
    ),
    search=("address", "situation", "need"), filters=("outcome", "need_kind"),
    entry=True,
    ledger=Imported(name="door-visits", key=("area", "address", "visited_on", "visited_at")),
    admin=InAdmin(
        columns=("address", "outcome", "need_kind", "team", "visited_on", "masked_phone"),
        dates="visited_on",
    ),
))  # fmt: skip
