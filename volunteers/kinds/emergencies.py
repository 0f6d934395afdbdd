"""M19, M22 平急转换."""

from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import InAdmin, Kind, PageLink, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public
from volunteers.models import Emergency, Muster

kinds.add(Kind(
    model=Emergency, party=Party.VOLUNTEERS,
    roles=offices(VIEW) | {Role.GRID_WORKER: VIEW, Role.DISTRICT: KEEP | {"activate"}},
    name="emergencies", title="平急转换",
    lead="区级下令：待命、启动、调整、恢复、复盘。启动后，该地区每一页都有提示；各地集结、签到、执行任务、撤收。演练另行统计。",
    fields=(
        "area", "is_drill", "kind", "title", "level", "ordered_by", "measures", "expected_until",
        "standby_on",
    ),
    carried=("kind", "ordered_by"),
    columns=(
        Column("事由", "__str__"), Column("性质", "nature"), Column("范围", "area"), "level",
        "started_on", "expected_until",
    ),
    facts=(
        Column("性质", "nature"), "kind", Column("范围", "area"), "level", "ordered_by", "measures",
        "started_on", "expected_until", "ended_on", "standby_on", "reviewed_on", "review",
    ),
    search=("title", "measures"), filters=("kind", "level"),
    files=True,
    todos=(
        Todo("standby", "待命的平急转换", "activate", "standby"),
        Todo("overdue", "超过预计结束日期未恢复的响应", "activate", "active", past="expected_until"),
        Todo("to_review", "待复盘的响应", "activate", "restored"),
    ),
    record_pages=(PageLink("动员清单", "mobilization", "add", Muster),),
    public=Public(
        title="应急响应和演练",
        lead="区级下令的应急响应：级别、范围、应对措施和起止日期。演练都注明“演练”，不是真实事件。",
        records=lambda _: Emergency.objects.declared(),
        columns=(
            Column("事由", "__str__"), Column("性质", "nature"), Column("范围", "area"), "level",
            "started_on", "ended_on",
        ),
        facts=(
            Column("性质", "nature"), "kind", Column("范围", "area"), "level", "ordered_by",
            "measures", "started_on", "expected_until", "ended_on",
        ),
    ),
    admin=InAdmin(
        columns=(
            "__str__", Column("性质", "nature", "is_drill"), "kind", "level", "started_on",
            "expected_until",
        ),
        filters=("is_drill", "kind", "level"),
    ),
))  # fmt: skip
