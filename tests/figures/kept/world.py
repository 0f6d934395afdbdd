"""A few divisions with records of many kinds, and what several connections may do to them."""

from contextlib import contextmanager
from decimal import Decimal

from django.db import connection, connections, transaction

from charity.models import CharityProject
from communities.models import (
    AllowanceStandard,
    Certificate,
    Course,
    Enrolment,
    PayMonth,
    Person,
    Post,
    ReachReport,
)
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import kernel
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import reader, rows, upkeep
from suzhou_portal.figures.kept.models import Part
from suzhou_portal.figures.kept.sources import kept_figures
from suzhou_portal.figures.periods import Span
from tests.factories import BEGUN, charity, communities, volunteers
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from volunteers.models import VolunteerTeam

OTHER_STREET, OTHER_COMMUNITY, OTHER_DISTRICT = "620902005", "620902004005", "620903"
LEAVES = [DISTRICT, STREET, COMMUNITY, GRID, OTHER_COMMUNITY, OTHER_STREET, OTHER_DISTRICT, "CN"]
SESSIONS = ["first", "second", "third"]


@contextmanager
def sessions():
    """Connections of their own, all in one thread, so that transactions interleave as told."""
    try:
        for name in SESSIONS:
            connections[name] = connection.copy(name)
        yield
    finally:
        for name in SESSIONS:
            connections[name].close()
            del connections[name]


def places():
    """The divisions, with all around them."""
    for code in LEAVES:
        AreaFactory(code=code)
    return list(Area.objects.values_list("code", flat=True))


def build(factory, code, **fields):
    """A record of a factory, not saved."""
    return factory.build(area=None, area_id=code, **fields)


def create(model, using, records):
    """Saved in one statement, without save()."""
    return model.objects.using(using).bulk_create(records)


def staff(using, code, number=1):
    """So many people with a post in a place."""
    people = create(Person, using, [build(communities.PersonFactory, code) for _ in range(number)])
    posts = [build(communities.PostFactory, code, person=person) for person in people]
    return create(Post, using, posts)


class Session:
    """What one connection does. It changes rows of its own only, so that it never waits."""

    def __init__(self, name):
        self.name = name
        self.open = []
        self.course = create(Course, name, [build(communities.CourseFactory, DISTRICT)])[0]
        self.post = staff(name, COMMUNITY)[0]
        self.teams, self.resources = set(), set()

    def begin(self, *_):
        """A transaction, or a savepoint in one."""
        self.open.append(transaction.atomic(using=self.name))
        self.open[-1].__enter__()

    def end(self, code, number):
        """Commit or roll back the innermost."""
        if self.open:
            transaction.set_rollback(bool(number % 2), using=self.name)
            self.open.pop().__exit__(None, None, None)

    def finish(self):
        """Commit what is left."""
        while self.open:
            self.end("", 0)

    def teams_created(self, code, number):
        """In bulk."""
        teams = [build(volunteers.VolunteerTeamFactory, code) for _ in range(number + 1)]
        self.teams |= {team.pk for team in create(VolunteerTeam, self.name, teams)}

    def teams_moved(self, code, number):
        """By update() of a queryset."""
        self._own(VolunteerTeam, self.teams, number).update(area_id=code)

    def teams_deleted(self, code, number):
        """One by one."""
        for team in self._own(VolunteerTeam, self.teams, number):
            team.delete()

    def resources_created(self, code, number):
        """With save()."""
        record = build(charity.CharityResourceFactory, code, value=Decimal(f"{number}.10"))
        record.save(using=self.name)
        self.resources.add(record.pk)

    def resources_written(self, code, number):
        """By raw SQL."""
        with connections[self.name].cursor() as cursor:
            cursor.execute(
                "UPDATE charity_charityresource SET value = value + %s, area_id = %s"
                " WHERE id = ANY(%s)",
                [number, code, sorted(self.resources)],
            )

    def projects_created(self, code, number):
        """Counted by kind, which is no sum."""
        mode = ["party_building", "finance", "education", "relief"][number % 4]
        create(CharityProject, self.name, [build(charity.CharityProjectFactory, code, mode=mode)])

    def enrolled(self, code, number):
        """In the own course, and came."""
        people = create(Person, self.name, [build(communities.PersonFactory, code)])
        came = {"course": self.course, "person": people[0], "attendance": "present"}
        record = build(communities.EnrolmentFactory, code, **came)
        create(Enrolment, self.name, [record])

    def course_changed(self, code, number):
        """A joined row, whose own area says nothing of those it counts for."""
        kind = ["post", "secretary_contest"][number % 2]
        Course.objects.using(self.name).filter(pk=self.course.pk).update(kind=kind)

    def certified(self, code, number):
        """A row that another one's figure asks for."""
        record = build(
            communities.CertificateFactory,
            code,
            person_id=self.post.person_id,
            valid_to=None if number % 2 else BEGUN,
        )
        create(Certificate, self.name, [record])

    def paid(self, code, number):
        """So many people: sometimes too few to be told."""
        posts = staff(self.name, code, number + 1)
        pay = [build(communities.PayMonthFactory, code, post=post) for post in posts]
        create(PayMonth, self.name, pay)

    def hours_changed(self, code, number):
        """A joined row again."""
        own = Post.objects.using(self.name).filter(pk=self.post.pk)
        own.update(full_time=bool(number % 2), area_id=code)

    def standard_set(self, code, number):
        """Which covers what lies inside."""
        record = build(communities.AllowanceStandardFactory, code, amount=Decimal(100 + number))
        create(AllowanceStandard, self.name, [record])

    def reported(self, code, number):
        """By a community; its latest counts."""
        code = code[:12] if len(code) >= 12 else COMMUNITY
        create(ReachReport, self.name, [build(communities.ReachReportFactory, code, people=number)])

    def _own(self, model, keys, number):
        chosen = sorted(keys)[: number + 1]
        return model.objects.using(self.name).filter(pk__in=chosen)


def cleared(*_):
    """By TRUNCATE, which only the owner may."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE communities_allowancestandard")


def truth(area, as_of=None):
    """All figures of an area from records, past everything kept."""
    span = Span(None, as_of or site_date())
    return {
        figure.key: rows.from_kept(rows.kept_form(entry))
        for figure in kept_figures()
        if (entry := kernel.entries(figure, [area], [span], own=True)[0, area])
    }


def told(area):
    """The same as a reader is told, who keeps what it had to compute."""
    reading = reader.read(kept_figures(), [area], [], site_date())
    return {
        figure.key: entry for figure in kept_figures() if (entry := reading.entry(figure, area))
    }


def kept_areas():
    """Where values are kept."""
    return [area for area, part in rows.look(all_places(), site_date()).rows if part == Part.VALUES]


def all_places():
    """Everything that may be kept."""
    return [(area, part) for area in Area.objects.values_list("code", flat=True) for part in Part]


def mismatches():
    """What an audit of everything finds."""
    found = upkeep.audit(Area.objects.values_list("code", flat=True), site_date())
    return [str(one) for one in found.mismatches]
