"""What a person takes part in is entered from the person's page, and the form asks what it stands below."""

import re

import pytest

from communities.enums.base import CourseKind
from communities.models import Enrolment, ExamRegistration
from suzhou_portal.desks.reached import begun_with
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import CourseFactory, PersonFactory
from tests.factories.learning import ExamSeasonFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
HERE = {"results": "person", "exam-registrations": "person", "certificates": "person"}


@pytest.fixture
def person():
    return PersonFactory(area=AreaFactory(code=COMMUNITY), name="王小明")


@pytest.fixture
def clerk():
    return Somebody("community", COMMUNITY)


def begins(clerk, person, desk):
    """The address to which the person's page leads."""
    page = clerk.sees(f"/desk/people/{person.pk}/")
    return re.search(rf'href="(/desk/{desk}/new/\?person={person.pk})"', page)[1]


@pytest.mark.parametrize("desk", HERE)
def test_the_person_is_filled_in(person, clerk, desk):
    shown = clerk.client.get(begins(clerk, person, desk)).context["form"]
    assert str(shown["person"].value()) == str(person.pk)
    parent = kinds.desk(desk).parent
    assert not parent or shown.fields[parent].required


def test_an_enrolment_says_in_which_course(person, clerk):
    area = AreaFactory(code=DISTRICT)
    course = CourseFactory(area=area, state="enrolling", kind=CourseKind.POST)
    shut = CourseFactory(area=area, state="running", kind=CourseKind.POST)
    path = begins(clerk, person, "results")
    sent = {
        "person": person.pk, "area": COMMUNITY, "unit": "某社区", "rank": "section",
        "explanation": "补录",
    }  # fmt: skip
    assert "course" in clerk.client.post(path, sent).context["form"].errors
    told = clerk.client.post(path, sent | {"course": shut.pk}).context["form"].errors
    assert "不在报名中" in str(told)
    assert not Enrolment.objects.exists()
    clerk.client.post(path, sent | {"course": course.pk})
    assert Enrolment.objects.get().course == course


def test_a_registration_says_for_which_examination(person, clerk):
    season = ExamSeasonFactory(area=AreaFactory(code=DISTRICT))
    path = begins(clerk, person, "exam-registrations")
    sent = {"person": person.pk, "area": COMMUNITY, "level": "assistant", "explanation": "补录"}
    assert "season" in clerk.client.post(path, sent).context["form"].errors
    clerk.client.post(path, sent | {"season": season.pk})
    registered = ExamRegistration.objects.get()
    assert (registered.season, registered.year) == (season, season.year)


def test_whoever_enters_none_is_led_nowhere(person):
    hr = Somebody("hr", DISTRICT)
    assert "/desk/results/new/" not in hr.sees(f"/desk/people/{person.pk}/")
    assert hr.client.get(f"/desk/results/new/?person={person.pk}").status_code == 403


def test_what_stands_below_a_record_is_else_entered_from_there(clerk):
    assert clerk.client.get("/desk/results/new/").status_code == 404
    assert clerk.client.get("/desk/results/new/?unit=1").status_code == 404


def test_every_page_that_begins_a_record_fills_in_one_of_its_fields():
    for kind in kinds.desks():
        assert begun_with(kind) <= {*kind.fields}, kind.name
        if begun_with(kind) and kind.parent:
            assert kind.parent in kind.fields, kind.name
