"""M11 大比武, classes, examinations and certificates."""

from communities.models import Certificate, Course, Enrolment, ExamRegistration, ExamSeason
from suzhou_portal.desks.registry import Desk, Page, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
_COURSE = (
    Column("名称", "name"),
    Column("类别", "kind"),
    AREA,
    Column("开始日期", "starts_on"),
    Column("结束日期", "ends_on"),
    Column("学时", "hours"),
)

desks.add(
    Desk(
        name="courses",
        party=Party.WORKERS,
        model=Course,
        title="培训和大比武",
        lead="大比武、党务工作者班、专职社区工作者班等，从报名到成绩公布。",
        fields=("area", "kind", "name", "base", "starts_on", "ends_on", "hours"),
        remembered=("area", "kind", "base", "hours"),
        columns=_COURSE,
        facts=(
            *_COURSE,
            Column("培训基地", "base"),
            Column("成绩公布日期", "published_on"),
        ),
        select_related=("area", "base"),
        search=("name",),
        filters=("kind",),
        files=True,
        record_pages=(
            Page(
                label="登记出勤", route="course_attendance", permission="communities.change_course"
            ),
            Page(label="登记成绩", route="course_results", permission="communities.change_course"),
        ),
    ),
    Desk(
        name="results",
        party=Party.WORKERS,
        model=Enrolment,
        title="参训人员",
        lead="谁参加了、到课几个学时、成绩如何。",
        parent="course",
        fields=("person", "area", "unit", "rank"),
        remembered=("unit", "rank"),
        columns=(
            Column("姓名", "person"),
            Column("当时所在单位", "unit"),
            Column("出勤", "attendance"),
            Column("参训学时", "attended_hours"),
            Column("成绩（分）", "score"),
            Column("名次", "place"),
            Column("奖项", "award"),
        ),
        facts=(
            Column("培训", "course"),
            AREA,
            Column("当时所在单位", "unit"),
            Column("当时职级", "rank"),
            Column("出勤", "attendance"),
            Column("参训学时", "attended_hours"),
            Column("缺课原因", "absence_reason"),
            Column("成绩（分）", "score"),
            Column("名次", "place"),
            Column("奖项", "award"),
        ),
        select_related=("area", "person", "course"),
        search=("person__name", "unit"),
        filters=("attendance",),
        public=Public(
            title="社区书记大比武成绩",
            lead="已公布的名次和奖项；姓名只显示姓。",
            records=lambda day: Enrolment.objects.with_published_place(day).order_by(
                "-course__published_on", "course", "place"
            ),
            columns=(
                Column("大比武", "course"),
                Column("名次", "place"),
                Column("奖项", "award"),
                Column("姓名", "person.masked_name"),
                Column("当时所在单位", "unit"),
            ),
        ),
    ),
    Desk(
        name="exam-seasons",
        party=Party.WORKERS,
        model=ExamSeason,
        title="社工考试",
        lead="每年一次：报名时间、考试日期、报考人员和通过名单。",
        fields=("area", "year", "opens_on", "closes_on", "exam_on", "results_on"),
        columns=(
            Column("考试年度", "year"),
            Column("报名开始", "opens_on"),
            Column("报名截止", "closes_on"),
            Column("考试日期", "exam_on"),
            Column("成绩公布日期", "results_on"),
        ),
        record_pages=(
            Page(
                label="登记通过名单",
                route="exam_passes",
                permission="communities.change_examregistration",
            ),
        ),
    ),
    Desk(
        name="exam-registrations",
        party=Party.WORKERS,
        model=ExamRegistration,
        title="报考人员",
        lead="谁报考哪一级、是否通过。",
        parent="season",
        fields=("area", "person", "level"),
        remembered=("area", "level"),
        columns=(
            Column("姓名", "person"),
            AREA,
            Column("报考等级", "level"),
            Column("考试日期", "exam_on"),
            Column("通过", "passed"),
        ),
        select_related=("area", "person", "season"),
        search=("person__name",),
        filters=("level",),
    ),
    Desk(
        name="certificates",
        party=Party.WORKERS,
        model=Certificate,
        title="社工证书",
        lead="谁持有哪一级证书、有效期到哪天。",
        fields=("area", "person", "level", "number", "issued_on", "valid_to"),
        remembered=("area", "level", "issued_on", "valid_to"),
        columns=(
            Column("姓名", "person"),
            AREA,
            Column("等级", "level"),
            Column("证书编号", "number"),
            Column("发证日期", "issued_on"),
            Column("有效期至", "valid_to"),
        ),
        select_related=("area", "person"),
        search=("person__name", "number"),
        filters=("level",),
        pages=(
            Page(
                label="即将到期的证书",
                route="expiring_certificates",
                permission="communities.view_certificate",
            ),
        ),
    ),
)
