"""M5 书记破题."""

from communities.models import Criterion, ProjectProgress, SecretaryProject
from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=SecretaryProject, party=Party.COMMUNITIES,
    roles={
        Role.COMMUNITY: ENTER, Role.STREET: ENTER | {"file"},
        Role.DISTRICT: KEEP | {"file", "review"},
    },
    name="secretary-projects", title="书记破题",
    lead="社区党委书记一年破一道难题：拟报、立项、评审、实施、验收。评审时四项标准逐项打分。",
    fields=(
        "area", "year", "title", "problem", "measures", "responsible", "planned_from", "planned_to",
    ),
    carried=("area", "responsible"),
    columns=("title", Column("社区", "area"), "year", "responsible", "planned_to", "total"),
    facts=(
        Column("社区", "area"), "year", "responsible", "problem", "measures", "planned_from",
        "planned_to", "filed_on", Column("评审得分", "scores"), "reviewed_by", "started_on",
        "finished_on", "result", "opinion", "accepted_by", "accepted_on",
    ),
    search=("title", "problem", "measures"),
    files=True,
    todos=(
        Todo("to_file", "待立项的书记破题项目", "file", "drafted"),
        Todo("to_review", "待评审的书记破题项目", "review", "filed"),
        Todo("to_accept", "待验收的书记破题项目", "review", "finished"),
        Todo("overdue", "超过计划完成日期的书记破题项目", "change", "underway", past="planned_to"),
    ),
    public=Public(
        lead="社区党委书记破解的难题：验收通过的项目，难在哪里，怎样破题，成效如何。",
        records=lambda day: SecretaryProject.objects.until(day, "accepted_on"),
        columns=("title", Column("社区", "area"), "year", "accepted_on"),
        facts=(
            Column("社区", "area"), "year", Column("责任人", "responsible.masked_name"), "problem",
            "measures", "result", "opinion", "started_on", "accepted_on",
        ),
    ),
    ledger=Imported(name="secretary-projects", key=("area", "year")),
    admin=InAdmin(
        columns=("title", "year", "responsible", "planned_to", "total", "accepted_on"),
        search=("title", "problem", "responsible__name"), filters=("year",),
        given=("total",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ProjectProgress, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: KEEP, Role.STREET: VIEW, Role.DISTRICT: VIEW},
    name="secretary-progress", title="破题进展",
    lead="实施中做了什么、完成多少，可附照片。",
    parent="project",
    fields=("project", "reported_on", "done", "percent"),
    columns=("reported_on", "done", "percent"),
    search=("done",),
    files=True, while_open=True,
    ledger=Imported(name="secretary-progress", key=("project", "reported_on")),
    admin=InAdmin(
        columns=("reported_on", "project", Number("percent")), search=("project__title", "done"),
        dates="reported_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Criterion, party=Party.COMMUNITIES,
    roles=offices(VIEW) | {Role.DISTRICT: KEEP},
    name="secretary-criteria", title="书记破题四项标准",
    lead="四项标准公开资料没有列出，内涵待区委组织部核定；核定后在这里填写，评审打分时随之显示。",
    fields=("area", "position", "title", "meaning"),
    columns=(Column("标准", "__str__"), Column("内涵", "shown_meaning")),
    facts=(Column("标准", "__str__"), Column("内涵", "shown_meaning"), Column("核定地区", "area")),
    search=("title", "meaning"),
    public=Public(
        lead="评审书记破题项目的四项标准，每项25分。公开资料没有列出，内涵待区委组织部核定；核定后这里随之更新。",
        records=lambda _: Criterion.objects.order_by("area_id", "position"),
        columns=(Column("标准", "__str__"), Column("内涵", "shown_meaning")),
    ),
    admin=InAdmin(columns=("__str__", "meaning")),
))  # fmt: skip
