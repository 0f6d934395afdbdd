"""Demonstration of social workers: cadres and their training, recruits, posts, examinations."""

import datetime
from itertools import islice

from communities.enums.base import CertificateLevel, CourseKind, Rank
from communities.models import (
    Certificate,
    Course,
    Enrolment,
    ExamRegistration,
    Person,
    Post,
    RecruitmentBatch,
)
from seeds.demo import pay
from seeds.demo.amounts import allot
from seeds.demo.targets import DemoError
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.months import months_before

TITLES = ("社区专职工作者", "社区党建专干", "社区民政专干", "社区综治专干", "社区网格长")
INTAKES = (40, 22, 10)  # months ago; the last two are the consecutive years
CERTIFIED_FOR = 36  # months a certificate is registered for


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    courses = _courses(world)
    cadres = _cadres(world, courses)
    posts = _posts(world)
    _enrol_workers(world, courses, posts)
    exams = _exams(world, posts)
    months = pay.seed(world, posts)
    return (
        f"科级干部{cadres}人、任职{len(posts)}个、培训{len(courses)}期、考试报名{exams}人次、"
        f"薪酬记录{months}条"
    )


def _people(world: World, areas: list[Area]) -> list[Person]:
    return world.save(
        Person,
        [Person(area=area, name=world.person_name(), phone=world.phone()) for area in areas],
    )


def _courses(world: World) -> list[Course]:
    years = {"year": world.as_of.year, "last_year": world.as_of.year - 1}
    courses = []
    for row in world.rows("courses"):
        this_year = row["name"].startswith("{year}")
        first = datetime.date(world.as_of.year - (not this_year), 1, 10)
        last = world.as_of if this_year else datetime.date(world.as_of.year - 1, 12, 1)
        starts_on = world.day_between(first, last - datetime.timedelta(days=12))
        courses.append(
            Course(
                area=world.district,
                kind=row["kind"],
                name=row["name"].format(**years),
                starts_on=starts_on,
                ends_on=starts_on + datetime.timedelta(days=int(row["hours"]) // 8),
                hours=int(row["hours"]),
            )
        )
    return world.save(Course, courses)


def _cadres(world: World, courses: list[Course]) -> int:
    """Section cadres of the trained streets and communities; some attend twice, and count once."""
    units = [
        *_some(world, world.streets, world.targets.count("trained_streets"), "街道"),
        *_some(world, world.communities, world.targets.count("trained_communities"), "社区"),
    ]
    weights = [world.rng.uniform(0.6, 1.6) for _ in units]
    shares = allot(world.targets.count("trained_cadres"), weights, world.rng)
    cadres = _people(
        world, [unit for unit, share in zip(units, shares, strict=True) for _ in range(share)]
    )
    sessions = [course for course in courses if course.kind == CourseKind.POST]
    enrolments = []
    for cadre in cadres:
        attended = world.rng.sample(sessions, 2 if world.chance(0.15) else 1)
        enrolments += [_enrolment(course, cadre, Rank.SECTION) for course in attended]
    # Staff sit in the same rooms and are not counted.
    for other in _people(world, world.some_communities(len(cadres) // 5)):
        enrolments.append(_enrolment(world.rng.choice(sessions), other, Rank.STAFF))
    world.save(Enrolment, enrolments)
    return len(cadres)


def _some(world: World, areas: list[Area], count: int, word: str) -> list[Area]:
    if count > len(areas):
        raise DemoError(f"公布值为{count}个{word}，而区划中只有{len(areas)}个。")
    return sorted(world.rng.sample(areas, count), key=lambda area: area.code)


def _enrolment(course: Course, person: Person, rank: Rank) -> Enrolment:
    unit = World.short(person.area)
    return Enrolment(area=person.area, course=course, person=person, unit=unit, rank=rank)


def _enrol_workers(world: World, courses: list[Course], posts: list[Post]) -> None:
    working = {post.person_id: post for post in posts if post.ended_on is None}
    enrolments = []
    for course in courses:
        if course.kind in (CourseKind.POST, CourseKind.SECRETARY_CONTEST):
            continue  # cadres' own; and who contests follows from the committees
        there = [post for post in working.values() if post.started_on < course.starts_on]
        present = world.rng.sample(there, min(len(there), world.rng.randint(18, 40)))
        enrolments += [_enrolment(course, post.person, Rank.STAFF) for post in present]
    world.save(Enrolment, enrolments)


def _posts(world: World) -> list[Post]:
    """An earlier intake outside the two years, then the two that were recruited in them."""
    recruited = world.targets.count("recruited_workers")
    second = recruited * 4 // 9
    earlier = world.targets.count("exam_takers") * 5 // 4
    posts: list[Post] = []
    for months, count in zip(INTAKES, (earlier, second, recruited - second), strict=True):
        posts += _intake(world, months, count)
    posts += _moves(world, posts)
    for person in _people(world, world.some_communities(len(world.communities) * 2)):
        started_on = world.day_between(world.months_ago(70), world.months_ago(2))
        posts.append(
            Post(
                area=person.area,
                person=person,
                title="兼职网格员",
                full_time=False,
                started_on=started_on,
            )
        )
    return world.save(Post, posts)


def _intake(world: World, months: int, count: int) -> list[Post]:
    announced_on = world.months_ago(months)
    [batch] = world.save(
        RecruitmentBatch,
        [
            RecruitmentBatch(
                area=world.district,
                name=f"{announced_on.year}年专职社区工作者招录",
                announced_on=announced_on,
                planned=count,
            )
        ],
    )
    posts = []
    for person in _people(world, world.some_communities(count)):
        started_on = announced_on + datetime.timedelta(days=world.rng.randint(60, 85))
        left = world.chance(months / 300)
        posts.append(
            Post(
                area=person.area,
                person=person,
                title=world.rng.choice(TITLES),
                batch=batch,
                started_on=started_on,
                ended_on=world.day_between(
                    started_on + datetime.timedelta(days=120), world.months_ago(1)
                )
                if left
                else None,
            )
        )
    return posts


def _moves(world: World, posts: list[Post]) -> list[Post]:
    """A few have moved to another community: two posts, one person, recruited once."""
    staying = [post for post in posts if post.ended_on is None]
    moved = []
    for post in world.rng.sample(staying, len(staying) // 40):
        post.ended_on = world.day_between(
            post.started_on + datetime.timedelta(days=100), world.months_ago(1)
        )
        [area] = world.some_communities(1)
        started_on = post.ended_on + datetime.timedelta(days=1)
        moved.append(Post(area=area, person=post.person, title=post.title, started_on=started_on))
    return moved


def _exam_days(world: World) -> list[datetime.date]:
    """The third Saturday of June, as the national examination is usually held; latest three."""
    days = []
    for year in range(world.as_of.year - 4, world.as_of.year + 1):
        june = datetime.date(year, 6, 15)
        day = june + datetime.timedelta(days=(5 - june.weekday()) % 7)
        if day <= world.as_of:
            days.append(day)
    return days[-3:]


def _exams(world: World, posts: list[Post]) -> int:
    """The published number of people in the last two examinations, some of them in both."""
    before, first, second = _exam_days(world)
    count = world.targets.count("exam_takers")
    full_time = {post.person_id: post for post in reversed(posts) if post.full_time}.values()
    experienced = [post for post in full_time if post.started_on < first]
    takers = world.rng.sample(experienced, count)
    registrations = []
    for index, post in enumerate(takers):
        day = first if index < count * 2 // 5 else second
        passed = world.chance(0.55)
        registrations.append(_registration(world, post, day, passed))
        if day == first and not passed and world.chance(0.6):
            registrations.append(_registration(world, post, second, world.chance(0.5)))
    taken = {post.person_id for post in takers}
    earlier = (post for post in experienced if post.person_id not in taken)
    registrations += [
        _registration(world, post, before, world.chance(0.7)) for post in islice(earlier, 30)
    ]
    world.save(ExamRegistration, registrations)
    _certificates(world, [one for one in registrations if one.passed])
    return len(registrations)


def _registration(world: World, post: Post, day: datetime.date, passed: bool) -> ExamRegistration:
    level = CertificateLevel.SOCIAL_WORKER if world.chance(0.25) else CertificateLevel.ASSISTANT
    return ExamRegistration(
        area=post.area, person=post.person, year=day.year, level=level, exam_on=day, passed=passed
    )


def _certificates(world: World, passed: list[ExamRegistration]) -> None:
    """The certificates of those who passed; the oldest have expired unless renewed."""
    certificates = []
    for number, exam in enumerate(passed, start=1):
        issued_on = exam.exam_on + datetime.timedelta(days=120)
        valid_to = months_before(issued_on, -CERTIFIED_FOR) - datetime.timedelta(days=1)
        certificates.append(
            Certificate(
                area=exam.area,
                person=exam.person,
                level=exam.level,
                number=f"演示{exam.year}{number:05d}",
                issued_on=issued_on,
                valid_to=valid_to,
            )
        )
    world.save(Certificate, certificates)
