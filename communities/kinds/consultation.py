"""M7: people's mediation, and deliberation."""

from communities.models import (
    DeliberationMeeting,
    GridEvent,
    MediationCase,
    MediationSession,
    MeetingTask,
)
from communities.models.mediation import AGREED
from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Beside, Imported, InAdmin, Kind, Number, Todo, filled, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Held, Public

PLANNED = Column("召开时间", "planned", "planned_on")
HELD = Column("实际召开时间", "held")

kinds.add(Kind(
    model=MediationCase, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: ENTER | {"handle", "reveal"}, Role.STREET: ENTER | {"handle", "reveal"}},
    name="mediation-cases", title="人民调解",
    lead="不收费。从申请到达成协议、履行；当事人信息不公开。",
    fields=(
        "area", "origin", "kind", "subject", "party_a", "phone_a", "party_b", "phone_b",
        "mediators", "applied_on",
    ),
    carried=("area", "kind", "mediators"),
    columns=("subject", "kind", "area", "applied_on", "confirm_by"),
    facts=(
        "origin", "event", "kind", "area", "party_a", "phone_a", "party_b", "phone_b",
        Column("调解员", "mediators_named"), "applied_on", "accepted_on", "agreed_on",
        "agreement_form", "agreement", "perform_by", "confirm_by", "asked_court_on", "court",
        "ruling", "ended_on",
    ),
    search=("subject",), filters=("kind",),
    beside=(Beside(GridEvent, "mediation_case"),),
    files=True, entry=True,
    todos=(
        Todo("to_accept", "待受理的调解申请", "handle", "applied"),
        Todo(
            "confirmable", "司法确认期限将到的调解协议", "handle",
            lambda cases, day: cases.confirmable_soon(day), by="confirm_by",
        ),
        Todo("unperformed", "超过履行期限的调解协议", "handle", (*AGREED,), past="perform_by"),
    ),
    ledger=Imported(name="mediation-cases", key=("area", "subject", "applied_on")),
    admin=InAdmin(
        columns=("subject", "kind", "applied_on", "accepted_on", "agreed_on", "confirm_by"),
        filters=("kind", "origin", "agreement_form", "ruling"), dates="applied_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=MediationSession, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: ENTER, Role.STREET: ENTER},
    name="mediation-sessions", title="调解记录",
    lead="每次调解的情况和下一步。",
    parent="case",
    fields=("case", "held_on", "said", "next_step"),
    columns=("held_on", "said", "next_step"),
    search=("said",),
    entry=True,
    ledger=Imported(name="mediation-sessions", key=("case", "held_on")),
    admin=InAdmin(
        columns=("held_on", "case", "next_step"), search=("case__subject", "said"), dates="held_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=DeliberationMeeting, party=Party.COMMUNITIES,
    roles=offices(ENTER | {"reveal"}) | {Role.DISTRICT: VIEW | {"reveal"}},
    name="meetings", title="议事协商",
    lead="公告、召开、表决、落实；人数和票数由系统核对。",
    fields=("area", "kind", "topic", "agenda", "planned_on", "starts", "ends", "place"),
    carried=("area", "kind", "place"),
    columns=("topic", "kind", "area", PLANNED, "resolved_on"),
    facts=(
        "kind", "area", "agenda", "announced_on", PLANNED, "place", HELD, "entitled", "attended",
        Column("参会人员", "names_listed"), "agreed", "against", "abstained", "resolution",
        "resolved_on", "outcome", "done_on",
    ),
    search=("topic", "agenda", "resolution"), filters=("kind",),
    files=True, entry=True,
    todos=(
        Todo("to_hold", "到期待登记召开情况的会议", "change", "announced", due="planned_on"),
        Todo("to_start", "待落实的决议", "change", "resolved"),
    ),
    public=Public(
        title="议事公告和决议",
        lead="社区要议什么、何时何地议、议定了什么、落实得怎样。",
        records=lambda day: DeliberationMeeting.objects.until(day, "announced_on"),
        news="announced_on", held=Held("planned_on", called_off=("cancelled",)),
        columns=("topic", "kind", "area", PLANNED, "place"),
        facts=(
            "kind", "area", "agenda", "announced_on", PLANNED, "place", HELD, "entitled", "attended",
            "agreed", "against", "abstained", "resolution", "resolved_on", "outcome", "done_on",
        ),
    ),
    ledger=Imported(name="meetings", key=("area", "topic", "planned_on")),
    admin=InAdmin(
        columns=(
            "topic", "kind", "planned_on", "held_on", Number("entitled"), Number("attended"),
            "resolved_on", "done_on",
        ),
        search=("topic", "resolution"), dates="planned_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=MeetingTask, party=Party.COMMUNITIES,
    roles=offices(KEEP) | {Role.DISTRICT: VIEW},
    name="meeting-tasks", title="落实任务",
    lead="决议由谁落实、何时完成。",
    parent="meeting",
    fields=("meeting", "what", "who", "assigned_on", "due_on", "done_on", "result"),
    carried=("who",),
    columns=("what", "who", "due_on", "done_on", "result"),
    search=("what", "who"),
    todos=(Todo("overdue", "超期未完成的落实任务", "change", past="due_on"),),
    ledger=Imported(name="meeting-tasks", key=("meeting", "what")),
    admin=InAdmin(
        columns=("what", "meeting", "who", "due_on", "done_on"), filters=(filled("done_on"),),
    ),
))  # fmt: skip
