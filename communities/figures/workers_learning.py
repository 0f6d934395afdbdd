"""Figures of M10 the training plan and M11 courses, contests and examinations."""

from communities.models import Certificate, Course, Enrolment, PlannedSession
from communities.models.workers import NOTICE_DAYS
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_SESSION = ("area", "plan", "name", "kind", "quarter", "course")
_COURSE = ("area", "name", "kind", "starts_on", "ends_on", "hours")

figures.add(Figure(
    key="planned_sessions", label="本年度计划培训场次", unit="场",
    party=Party.WORKERS, kind=FigureKind.STOCK,
    records_as_of=lambda day: PlannedSession.objects.of_the_year(day),
    columns=_SESSION,
    definition="截至日所在年度、截至日已批准的培训计划中的场次数，不论计划在哪个季度。",
))  # fmt: skip

figures.add(Figure(
    key="carried_out_sessions", label="本年度已实施计划场次", unit="场",
    party=Party.WORKERS, kind=FigureKind.STOCK,
    records_as_of=lambda day: PlannedSession.objects.of_the_year(day).filter(
        course__in=Course.objects.held(day)
    ),
    columns=_SESSION,
    definition="本年度计划培训场次中，已登记实施的培训、且该培训截至日已经举办并结束的场次数。",
))  # fmt: skip

figures.add(Figure(
    key="training_plan_progress", label="培训计划完成率", unit="%",
    party=Party.WORKERS, kind=FigureKind.STOCK,
    measure=RatioOf("carried_out_sessions", "planned_sessions"), nothing=State.UNKNOWN,
    definition="本年度已实施计划场次 ÷ 本年度计划培训场次。全年计划作分母，年中不足100%属正常。",
))  # fmt: skip

figures.add(Figure(
    key="courses_held", label="已举办培训", unit="期",
    party=Party.WORKERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Course.objects.held(day),
    columns=_COURSE,
    definition="截至日已经举办并结束的培训、培训班和大比武期数，不含取消的和到期没有开班的。",
))  # fmt: skip

figures.add(Figure(
    key="attended_hours", label="参训学时", unit="学时",
    party=Party.WORKERS, kind=FigureKind.CUMULATIVE, measure=SumOf("attended_hours"),
    records_as_of=lambda day: Enrolment.objects.filter(attendance="present", course__ends_on__lte=day),
    columns=("area", "course", "unit", Column("姓名", "person.masked_name"), "attended_hours"),
    definition="截至日已结束的培训中，登记到课的人员参训学时之和。缺课和未登记出勤的不计。",
))  # fmt: skip

figures.add(Figure(
    key="expiring_certificates", label=f"{NOTICE_DAYS}天内到期的社工证书", unit="本",
    party=Party.WORKERS, kind=FigureKind.STOCK,
    records_as_of=lambda day: Certificate.objects.expiring_soon(day),
    columns=("area", Column("姓名", "person.masked_name"), "level", "valid_to"),
    definition=f"截至日有效、{NOTICE_DAYS}天内（含到期当日）到期的社工证书数，用于提醒办理再登记。",
))  # fmt: skip
