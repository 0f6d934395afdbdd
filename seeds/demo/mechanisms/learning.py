"""Training bases and plans, courses at every stage with attendance and results, examination seasons."""

import datetime
from itertools import cycle

from communities.enums.base import CourseKind, Rank
from communities.enums.committees import Position
from communities.enums.learning import Attendance, Award
from communities.models import (
    Certificate,
    CommitteeMember,
    Course,
    Enrolment,
    ExamRegistration,
    ExamSeason,
    PlannedSession,
    Post,
    TrainingBase,
    TrainingPlan,
)
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.months import months_before

AWARDS = (Award.FIRST, Award.SECOND, Award.SECOND, Award.THIRD, Award.THIRD, Award.THIRD)
ONE_DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)
UNFINISHED = 2  # courses over of which attendance or results are still to be entered


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    bases = _bases(world)
    _courses_to_come(world, bases)
    courses = list(Course.objects.order_by("starts_on", "pk"))
    _enter_secretaries(world, courses)
    for course in courses:
        _carry(world, course, courses)
    plans = _plans(world)
    _expire_soon(world)
    seasons = _seasons(world)
    return f"培训基地{len(bases)}个、培训计划{plans}份、考试年度{seasons}个"


def _bases(world: World) -> list[TrainingBase]:
    streets = cycle(world.streets or [world.district])
    bases = world.save(
        TrainingBase,
        [
            TrainingBase(
                area=world.district if number == 0 else next(streets),
                name=row["name"],
                address=row["address"],
                capacity=int(row["capacity"]),
                specialty=row["specialty"],
                phone=world.phone(),
                opened_on=world.months_ago(int(row["months"])),
            )
            for number, row in enumerate(world.rows("training_bases"))
        ],
    )
    for base in bases[1:]:
        base.areas_served.set(world.rng.sample(world.communities, min(3, len(world.communities))))
    own = [base for base in bases if base.area_id == world.district.code]
    Course.objects.filter(starts_on__gte=own[0].opened_on).update(base=own[0])
    return bases


def _courses_to_come(world: World, bases: list[TrainingBase]) -> None:
    """One that can be enrolled in, one running, one only planned, one cancelled."""
    stages = (
        ("专职社区工作者政策法规轮训", -1, ("open", "begin"), ""),
        ("社区党务工作者组织生活实训", 3, ("open",), ""),
        ("专职社区工作者心理服务培训", 8, (), ""),
        ("社区党务工作者跟岗学习", 2, ("open", "cancel"), "报名人数不足，并入下一期。"),
    )
    enrolled = Enrolment.objects.filter(course__kind=CourseKind.FULL_TIME_WORKER)
    held = Post.objects.in_post(world.as_of).values("person")
    working = list(enrolled.filter(person__in=held).order_by("pk")[:60])
    for name, weeks, verbs, note in stages:
        starts_on = world.as_of + weeks * WEEK
        party = "党务" in name
        [course] = world.save(
            Course,
            [
                Course(
                    area=world.district,
                    kind=CourseKind.PARTY_WORKER if party else CourseKind.FULL_TIME_WORKER,
                    name=f"{world.as_of.year}年{name}",
                    base=bases[0],
                    starts_on=starts_on,
                    ends_on=starts_on + 2 * WEEK,
                    hours=24,
                )
            ],
        )
        for number, verb in enumerate(verbs):
            day = starts_on if verb == "begin" else world.as_of - (20 - number) * ONE_DAY
            take(course, verb, on=day, note=note if verb == "cancel" else "")
            if verb == "open":
                _enrol(world, course, working)


def _enter_secretaries(world: World, courses: list[Course]) -> None:
    """Contests are between the secretaries who served when they began; a few did not enter."""
    for course in courses:
        if not course.is_contest:
            continue
        serving = CommitteeMember.objects.serving(course.starts_on).select_related("area")
        entered = [
            one
            for one in serving.filter(position=Position.SECRETARY).order_by("area_id")
            if world.chance(0.9)
        ]
        world.save(
            Enrolment,
            [
                Enrolment(
                    area=one.area, course=course, person_id=one.person_id, rank=Rank.STAFF,
                    unit=world.short(one.area),
                )
                for one in entered
            ],
        )  # fmt: skip


def _enrol(world: World, course: Course, known: list[Enrolment]) -> None:
    people = {one.person_id: one for one in known}
    chosen = world.rng.sample(list(people.values()), min(12, len(people)))
    world.save(
        Enrolment,
        [
            Enrolment(
                area_id=one.area_id,
                course=course,
                person_id=one.person_id,
                unit=one.unit,
                rank=one.rank,
                course_hours=course.hours,
            )
            for one in chosen
        ],
    )


def _carry(world: World, course: Course, courses: list[Course]) -> None:
    """What is over has been opened, begun and ended; most of it has results published too."""
    if course.ends_on > world.as_of:
        return
    take(course, "open", on=course.starts_on - 3 * WEEK)
    take(course, "begin", on=course.starts_on)
    take(course, "end", on=course.ends_on)
    over = [one for one in courses if one.ends_on <= world.as_of and one.kind != CourseKind.POST]
    if course in over[-1:]:
        return
    enrolled = list(course.enrolments.order_by("pk"))
    for enrolment in enrolled:
        _attend(world, enrolment, course)
    _award(course, enrolled)
    Enrolment.objects.bulk_update(enrolled, [*Enrolment.outcome, "course_hours"])
    if enrolled and course not in over[-UNFINISHED:]:
        take(course, "publish", on=min(world.as_of, course.ends_on + WEEK))


def _attend(world: World, enrolment: Enrolment, course: Course) -> None:
    enrolment.course_hours = course.hours
    if enrolment.rank == Rank.STAFF and world.chance(0.05):
        enrolment.attendance = Attendance.ABSENT
        enrolment.absence_reason = world.rng.choice(world.rows("absences"))["reason"]
        return
    enrolment.attendance = Attendance.PRESENT
    missed = world.rng.choice((0, 0, 0, 0, 2, 4))
    enrolment.attended_hours = max(0, (course.hours or 0) - missed)
    if course.kind != CourseKind.POST:
        enrolment.score = world.rng.randint(640, 985) / 10


def _award(course: Course, enrolled: list[Enrolment]) -> None:
    if not course.is_contest:
        return
    present = sorted(
        (one for one in enrolled if one.score is not None),
        key=lambda one: one.score or 0,
        reverse=True,
    )
    for place, one in enumerate(present, start=1):
        one.award = AWARDS[place - 1] if place <= len(AWARDS) else ""


def _expire_soon(world: World) -> None:
    """A few certificates are to be renewed in the coming weeks."""
    valid = Certificate.objects.valid(world.as_of).order_by("issued_on", "pk")
    for number, certificate in enumerate(valid[:8], start=1):
        certificate.valid_to = world.as_of + number * 10 * ONE_DAY
        certificate.save(update_fields=["valid_to"])


def _plans(world: World) -> int:
    year = world.as_of.year
    last = _plan(world, world.district, year - 1, "district")
    take(last, "submit", on=datetime.date(year - 2, 12, 20))
    take(last, "approve", on=datetime.date(year - 1, 1, 6))
    _settle(last, world.as_of, "因疫情防控要求取消，改为线上交流。")
    take(last, "finish", on=datetime.date(year - 1, 12, 28))
    current = _plan(world, world.district, year, "current")
    take(current, "submit", on=datetime.date(year - 1, 12, 26))
    take(current, "send_back", on=datetime.date(year - 1, 12, 28), note="请补充社工考试辅导场次。")
    take(current, "submit", on=datetime.date(year - 1, 12, 30))
    take(current, "approve", on=datetime.date(year, 1, 9))
    _settle(current, months_before(world.as_of, -3))
    streets = [_plan(world, street, year, "street") for street in world.streets[:2]]
    for plan in streets[:1]:
        take(plan, "submit", on=world.as_of - WEEK)
    return 2 + len(streets)


def _plan(world: World, area: Area, year: int, rows: str) -> TrainingPlan:
    aim = "分层分类抓好社区党组织书记、党务工作者和专职社区工作者培训，人人每年参训不少于40学时。"
    [plan] = world.save(TrainingPlan, [TrainingPlan(area=area, year=year, aim=aim)])
    world.save(
        PlannedSession,
        [
            PlannedSession(
                area=area,
                plan=plan,
                kind=row["kind"],
                name=row["name"],
                quarter=int(row["quarter"]),
                target_people=int(row["people"]),
                planned_hours=int(row["hours"]),
            )
            for row in world.rows("planned_sessions")
            if row["plan"] == rows
        ],
    )
    return plan


def _settle(plan: TrainingPlan, up_to: datetime.date, dropped: str = "") -> None:
    """Each session is linked to a course of its kind, as far as there are any by its quarter."""
    plan.refresh_from_db()
    held = Course.objects.in_state("ended", "published").filter(starts_on__year=plan.year)
    free = list(held.order_by("starts_on", "pk"))
    for session in plan.sessions.order_by("quarter", "pk"):
        due = datetime.date(plan.year, 3 * session.quarter, 28)
        fitting = [c for c in free if c.kind == session.kind and c.starts_on <= due]
        session.course = fitting[0] if fitting and due <= up_to else None
        if session.course is None:
            session.dropped_because = dropped
        else:
            free.remove(session.course)
        session.full_clean()
        session.save()


def _seasons(world: World) -> int:
    """Those of the examinations already held, and the one registered for now."""
    days = dict(ExamRegistration.objects.order_by("year").values_list("year", "exam_on"))
    latest = max(days.values())
    coming = months_before(latest, -12)
    seasons = [_season(world, day) for day in [*days.values(), coming]]
    for season in seasons:
        ExamRegistration.objects.filter(year=season.year).update(season=season)
    return len(seasons)


def _season(world: World, exam_on: datetime.date) -> ExamSeason:
    held = exam_on <= world.as_of
    [season] = world.save(
        ExamSeason,
        [
            ExamSeason(
                area=world.district,
                year=exam_on.year,
                opens_on=exam_on - 10 * WEEK,
                closes_on=exam_on - 6 * WEEK,
                exam_on=exam_on,
                results_on=exam_on + 11 * WEEK if held else None,
            )
        ],
    )
    return season
