"""M10 培训基地 and 培训计划."""

from communities.models import PlannedSession, TrainingBase, TrainingPlan
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import (
    Imported,
    InAdmin,
    Kind,
    Number,
    PageLink,
    Rows,
    Todo,
    filled,
    kinds,
)
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

PROGRESS = Column("进度", "progress", rows="sessions__course")

kinds.add(Kind(
    model=TrainingPlan, party=Party.WORKERS,
    roles={Role.COMMUNITY: VIEW, Role.STREET: KEEP, Role.DISTRICT: KEEP | {"approve"}},
    name="training-plans", title="培训计划",
    lead="一年一份，从草案、审批到执行、完成；每一场由哪期培训落实，都登记在场次里。",
    fields=("area", "year", "aim"),
    copied=lambda plan: {"area": plan.area_id, "year": plan.year + 1, "aim": plan.aim},
    copied_below=(
        (PlannedSession, ("kind", "name", "quarter", "target_people", "planned_hours")),
    ),
    columns=("year", "area", "approved_on", "finished_on", PROGRESS),
    facts=("year", "area", "aim", "approved_on", "finished_on", PROGRESS),
    files=True,
    todos=(Todo("to_approve", "待审批的培训计划和调整", "approve", ("submitted", "revised")),),
    public=Public(
        title="干部培训计划",
        lead="经批准的年度培训计划。",
        records=lambda day: TrainingPlan.objects.until(day, "approved_on"),
        columns=("year", "area", "approved_on", "aim", PROGRESS),
    ),
    ledger=Imported(name="training-plans", key=("area", "year")),
    admin=InAdmin(
        columns=("__str__", "year", "approved_on", "finished_on"), search=("aim",),
        filters=("year",),
        rows=(
            Rows(
                PlannedSession,
                ("name", "kind", "quarter", "target_people", "planned_hours", "course"),
                listed=True,
            ),
        ),
        settled=lambda plan: plan.state != "draft",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PlannedSession, party=Party.WORKERS,
    roles=offices(KEEP) | {Role.COMMUNITY: VIEW},
    name="planned-sessions", title="计划场次",
    lead="计划办哪些培训，由哪期培训落实。",
    parent="plan",
    fields=(
        "kind", "name", "quarter", "target_people", "planned_hours", "course", "dropped_because",
    ),
    carried=("kind", "quarter", "target_people", "planned_hours"),
    columns=(
        "name", "kind", "quarter", "target_people", "planned_hours", "course",
        Column("培训进展", "course.state"), "dropped_because",
    ),
    record_pages=(
        PageLink("开办这一场", "session_course", "change", when=lambda session: session.may_be_held),
    ),
    todos=(
        Todo(
            "unsettled", "计划场次尚未登记实施", "change",
            lambda sessions, day: (
                sessions.filter(plan__state="running")
                .unsettled()
                .filter(quarter__lt=(day.month - 1) // 3 + 1, plan__year=day.year)
            ),
        ),
    ),
    ledger=Imported(
        name="planned-sessions", named_by={"plan": "area__name"}, key=("plan", "name", "quarter"),
        fields=("plan", "kind", "name", "quarter", "target_people", "planned_hours"),
    ),
    admin=InAdmin(
        columns=("name", "plan", "kind", "quarter", "target_people", "planned_hours", "course"),
        search=("name",), filters=("kind", "quarter", "plan__year"),
        settled=lambda session: session.plan.state != "draft",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=TrainingBase, party=Party.WORKERS,
    roles=offices(VIEW) | {Role.DISTRICT: KEEP},
    name="training-bases", title="培训基地",
    lead="社区干部在哪里学、能容纳多少人、面向哪些社区。",
    fields=(
        "area", "name", "address", "capacity", "specialty", "phone", "areas_served", "opened_on",
        "closed_on",
    ),
    columns=("name", "area", "address", "capacity", "opened_on"),
    facts=(
        "area", "address", "capacity", "specialty", "phone", Column("服务地区", "served"),
        "opened_on", "closed_on",
    ),
    search=("name", "address"),
    files=True,
    public=Public(
        title="社区干部培训基地",
        lead="培训社区干部和社区工作者的地方。",
        records=lambda day: TrainingBase.objects.open_on(day, "opened_on", "closed_on"),
        columns=("name", "area", "address", "capacity", "specialty"),
    ),
    ledger=Imported(name="training-bases", key=("area", "name")),
    admin=InAdmin(
        columns=("name", "address", Number("capacity"), "opened_on", "closed_on"),
        filters=(filled("closed_on"),),
    ),
))  # fmt: skip
