"""M11 大比武, classes, examinations and certificates."""

from communities.models import Certificate, Course, Enrolment, ExamRegistration, ExamSeason
from communities.models.workers import NOTICE_DAYS
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, PageLink, Rows, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=Course, party=Party.WORKERS,
    roles=offices(KEEP | {"publish"}) | {Role.COMMUNITY: KEEP},
    name="courses", title="培训和大比武",
    lead="大比武、党务工作者班、专职社区工作者班等，从报名到成绩公布。",
    fields=("area", "kind", "name", "base", "starts_on", "ends_on", "hours", "explanation"),
    carried=("area", "kind", "base", "hours"),
    columns=("name", "kind", "area", "starts_on", "ends_on", "hours"),
    facts=("name", "kind", "area", "starts_on", "ends_on", "hours", "explanation",
        "base", "published_on", Column("落实的计划场次", "carries_out"),
    ),
    search=("name",), filters=("kind",),
    files=True,
    todos=(
        Todo(
            "attendance", "已结束待登记出勤的培训", "change",
            lambda courses, day: courses.without_attendance(day),
        ),
        Todo("to_publish", "已结束待公布成绩的培训", "publish", "ended"),
    ),
    record_pages=(
        PageLink("登记出勤", "course_attendance", "change", when=lambda course: course.may_be_noted),
        PageLink("登记成绩", "course_results", "change", when=lambda course: course.may_be_noted),
    ),
    ledger=Imported(name="courses", key=("area", "name", "starts_on")),
    admin=InAdmin(
        columns=("name", "kind", "base", "starts_on", "ends_on", "hours"), dates="starts_on",
        rows=(Rows(Enrolment, ("person", "area", "unit", "rank", "explanation")),),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Enrolment, party=Party.WORKERS,
    roles=offices(KEEP),
    name="results", title="参训人员",
    lead="谁参加了、到课几个学时、成绩如何。",
    parent="course",
    fields=("course", "person", "area", "unit", "rank", "explanation"), carried=("unit", "rank"), many="person",
    columns=(
        Column("姓名", "person"), "unit", "attendance", "attended_hours", "score", "place", "award",
    ),
    facts=(
        "course", "area", "unit", "rank", "attendance", "attended_hours", "absence_reason", "score",
        "place", "award", "explanation",
    ),
    search=("person__name", "unit"), filters=("attendance",),
    public=Public(
        title="社区书记大比武成绩",
        lead="已公布的名次和奖项；姓名只显示姓。",
        records=lambda day: (
            Enrolment.objects.filter(place__isnull=False, course__published_on__lte=day)
            .order_by("-course__published_on", "course", "place")
        ),
        columns=(
            Column("大比武", "course"), "place", "award", Column("姓名", "person.masked_name"),
            "unit",
        ),
    ),
    ledger=Imported(name="enrolments", key=("course", "person")),
    admin=InAdmin(
        columns=("person", "course", "unit", "rank", "attendance", "score", "place", "award"),
        search=("person__name", "course__name", "unit"),
        filters=("rank", "attendance", "award", "course__kind"), given=("place",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ExamSeason, party=Party.WORKERS,
    roles=offices(VIEW) | {Role.DISTRICT: KEEP},
    name="exam-seasons", title="社工考试",
    lead="每年一次：报名时间、考试日期、报考人员和通过名单。",
    fields=("area", "year", "opens_on", "closes_on", "exam_on", "results_on"),
    columns=("year", "opens_on", "closes_on", "exam_on", "results_on"),
    record_pages=(PageLink("登记通过名单", "exam_passes", "change", ExamRegistration),),
    ledger=Imported(name="exam-seasons", key=("area", "year")),
    admin=InAdmin(
        columns=("__str__", "opens_on", "closes_on", "exam_on", "results_on"), search=("year",),
        filters=("year",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ExamRegistration, party=Party.WORKERS,
    roles=offices(KEEP),
    name="exam-registrations", title="报考人员",
    lead="谁报考哪一级、是否通过。",
    parent="season",
    fields=("season", "area", "person", "level", "explanation"), carried=("area", "level"), many="person",
    columns=(
        Column("姓名", "person"), "area", "level", "exam_on", "absent", "passed", "explanation",
    ),
    search=("person__name",), filters=("level",),
    ledger=Imported(name="exam-registrations", named_by={"season": "year"}, key=("season", "person", "level")),
    admin=InAdmin(
        columns=("person", "year", "level", "season", "exam_on", "absent", "passed"),
        filters=("year", "level", "passed"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Certificate, party=Party.WORKERS,
    roles=offices(KEEP),
    name="certificates", title="社工证书",
    lead="谁持有哪一级证书、有效期到哪天。",
    fields=("area", "person", "level", "number", "issued_on", "valid_to"),
    carried=("area", "level", "issued_on", "valid_to"),
    columns=(Column("姓名", "person"), "area", "level", "number", "issued_on", "valid_to"),
    search=("person__name", "number"), filters=("level",),
    todos=(
        Todo(
            "expiring", f"{NOTICE_DAYS}天内到期的社工证书", "change",
            lambda certificates, day: certificates.expiring_soon(day), by="valid_to",
        ),
    ),
    pages=(PageLink("即将到期的证书", "expiring_certificates", "view"),),
    ledger=Imported(name="certificates", key=("person", "level", "issued_on")),
    admin=InAdmin(columns=("person", "level", "number", "issued_on", "valid_to")),
))  # fmt: skip
