"""Several records entered on one page: a line each, and a line with a mistake keeps no other back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.enums.base import CourseKind
from communities.models import Enrolment, ExamRegistration
from suzhou_portal.accounts.roles import Role
from suzhou_portal.desks.models import Draft
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import CourseFactory, EnrolmentFactory, PersonFactory
from tests.factories.learning import ExamSeasonFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return Somebody(Role.DISTRICT, DISTRICT)


@pytest.fixture
def people():
    area = AreaFactory(code=COMMUNITY)
    return [PersonFactory(area=area, name=name) for name in ("王小明", "李小红", "张小军")]


@pytest.fixture
def course():
    return CourseFactory(area=AreaFactory(code=DISTRICT), state="enrolling", kind=CourseKind.POST)


def lined(clerk, path, people, **values):
    """What a browser sends once the people are listed, each line filled in alike."""
    page = clerk.client.post(path, {"chosen": [one.pk for one in people], "list": "1"})
    assert page.status_code == 200
    assert {line["area"].value() for line in page.context["lines"]} == {COMMUNITY}
    sent = {"chosen": [one.pk for one in people], "save": "1", "draft": page.context["word"]}
    for line in page.context["lines"]:
        for name in line.fields:
            shown = values.get(name, line[name].value())
            sent[line.add_prefix(name)] = "" if shown is None else shown
    return sent


def test_people_are_found_and_listed_with_what_else_was_typed(clerk, people, course):
    path = f"/desk/results/many/?of={course.pk}"
    assert path in clerk.sees(f"/desk/courses/{course.pk}/")
    found = clerk.client.post(path, {"chosen-find": "小", "find": "chosen"})
    assert all(one.name in found.text for one in people)
    one = people[0]
    typed = {"chosen": [one.pk, people[1].pk], f"line-{one.pk}-unit": "某单位", "list": "1"}
    typed |= {f"line-{one.pk}-person": one.pk}
    page = clerk.client.post(path, typed)
    first = next(line for line in page.context["lines"] if line.about == one)
    assert first["unit"].value() == "某单位"
    assert not first.errors
    assert not Enrolment.objects.exists()


def test_a_line_with_a_mistake_keeps_no_other_back(clerk, people, course):
    path = f"/desk/results/many/?of={course.pk}"
    EnrolmentFactory(course=course, person=people[1])
    sent = lined(clerk, path, people, unit="某单位", rank="section", explanation="补录")
    page = clerk.client.post(path, sent)
    assert "已登记2条" in page.text
    assert "此人已报名该培训" in page.text
    [left] = page.context["lines"]
    assert left.about == people[1]
    assert Enrolment.objects.count() == 3
    assert {one.entered_by for one in Enrolment.objects.exclude(person=people[1])} == {clerk.user}
    draft = Draft.objects.open_to(clerk.user).get()
    assert draft.data["chosen"] == [str(people[1].pk)]
    clerk.client.post(path, sent)  # pressed twice
    assert Enrolment.objects.count() == 3


def test_all_right_it_leads_back(clerk, people):
    season = ExamSeasonFactory(area=AreaFactory(code=DISTRICT))
    path = f"/desk/exam-registrations/many/?of={season.pk}"
    sent = lined(clerk, path, people, level="assistant", explanation="补录")
    answer = clerk.client.post(path, sent)
    assert answer.url == f"/desk/exam-seasons/{season.pk}/"
    assert {one.area_id for one in ExamRegistration.objects.all()} == {COMMUNITY}
    assert not Draft.objects.open_to(clerk.user).exists()


def test_lines_cost_what_they_show(clerk, people, course):
    path = f"/desk/results/many/?of={course.pk}"

    def cost(number):
        with CaptureQueriesContext(connection) as captured:
            clerk.client.post(path, {"chosen": [one.pk for one in people[:number]], "list": "1"})
        return len(captured)

    cost(1)
    assert cost(3) == cost(1)


def test_it_stays_shut_to_who_may_not_add(people, course):
    path = f"/desk/results/many/?of={course.pk}"
    assert Somebody(Role.GRID_WORKER, COMMUNITY).client.get(path).status_code == 403
    assert Somebody(Role.DISTRICT, "620903").client.get(path).status_code == 404
    clerk = Somebody(Role.DISTRICT, DISTRICT)
    assert clerk.client.get("/desk/grid-events/many/").status_code == 404
    assert clerk.client.get("/desk/results/many/?of=x").status_code == 404


def test_blank_cells_can_say_what_the_first_line_says(clerk, people, course):
    path = f"/desk/results/many/?of={course.pk}"
    sent = lined(clerk, path, people, unit="")
    first, second, third = (key for key in sent if key.endswith("-unit"))
    del sent["save"]
    page = clerk.client.post(path, sent | {first: "某单位", second: "别的单位", "alike": "1"})
    said = {line.add_prefix("unit"): line["unit"].value() for line in page.context["lines"]}
    assert said == {first: "某单位", second: "别的单位", third: "某单位"}
    assert not Enrolment.objects.exists()
