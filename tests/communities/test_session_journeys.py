"""M10: a session of an approved plan becomes a course, and the plan's progress follows from its courses."""

import datetime

import pytest

from communities.enums.learning import COURSE_HELD, CourseState
from communities.models import Course
from suzhou_portal.lifecycle.moves import take
from tests.factories import BEGUN, communities, learning
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db

DATES = {"starts_on": "2022-07-05", "ends_on": "2022-07-06"}


@pytest.fixture
def session(db):
    """One of a plan that is carried out."""
    plan = learning.TrainingPlanFactory(area=AreaFactory(code=DISTRICT), year=2022)
    made = learning.PlannedSessionFactory(
        plan=plan, area=plan.area, name="党务培训", kind="party_worker", quarter=3, planned_hours=16
    )
    for verb in ("submit", "approve"):
        made.plan = take(made.plan, verb, on=BEGUN)
    return made


def path(session):
    return f"/planned-sessions/{session.pk}/course/"


def test_a_session_becomes_a_course_once(session, time_machine):
    time_machine.move_to("2022-06-02 09:00:00+08:00")
    clerk = Somebody("district", DISTRICT)
    page = f"/desk/planned-sessions/{session.pk}/"
    assert f'href="{path(session)}">开办这一场' in clerk.sees(page)
    # What the plan says of it is filled in; the kind is the session's
    form = clerk.client.get(path(session)).context["form"]
    assert form.initial["name"] == "党务培训"
    assert form.initial["hours"] == 16
    assert form.initial["starts_on"] == datetime.date(2022, 7, 1)
    assert "kind" not in form.fields
    sent = {"area": DISTRICT, "name": "党务培训", "hours": 16, **DATES}
    made = clerk.client.post(path(session), sent, follow=True)
    course = Course.objects.get()
    assert (course.kind, course.hours, course.state) == ("party_worker", 16, "planned")
    session.refresh_from_db()
    assert session.course == course
    # Each shows the other; there is no second one
    assert f"{session.plan}“党务培训”" in made.text
    assert "开办这一场" not in clerk.sees(page)
    assert clerk.client.post(path(session), sent | {"name": "再来一次"}).status_code == 404
    assert Course.objects.count() == 1


def test_a_course_called_off_settles_nothing(session):
    clerk = Somebody("district", DISTRICT)
    session.course = communities.CourseFactory(
        area=session.area, kind="party_worker", state="cancelled"
    )
    session.save()
    assert "已取消" in clerk.sees(f"/desk/training-plans/{session.plan_id}/")
    assert "党务培训" in clerk.takes(session.plan, "finish").text
    sent = {"area": DISTRICT, "name": "党务培训（补办）", "hours": 16, **DATES}
    assert clerk.client.post(path(session), sent).status_code == 302
    session.refresh_from_db()
    assert session.course.name == "党务培训（补办）"


@pytest.mark.parametrize("state", CourseState)
def test_a_plan_is_finished_once_each_session_took_place(session, state):
    clerk = Somebody("district", DISTRICT)
    known = {"published_on": BEGUN, "ends_on": BEGUN} if state == "published" else {}
    session.course = communities.CourseFactory(
        area=session.area, kind="party_worker", state=state, **known
    )
    session.save()
    held = state in COURSE_HELD
    said = f"计划1场，已办{int(held)}场"
    assert said in clerk.sees("/desk/training-plans/")
    assert ("还有1场没有办完" in clerk.takes(session.plan, "finish").text) != held


def test_who_may_not_makes_no_course(session):
    for role, area, refused in (("community", COMMUNITY, 403), ("street", "620902005", 403)):
        somebody = Somebody(role, area)
        response = somebody.client.get(path(session))
        assert response.status_code in (refused, 404)
        assert somebody.client.post(path(session), {}).status_code in (refused, 404)
    draft = learning.PlannedSessionFactory(
        area=session.area, plan__area=session.area, plan__year=session.plan.year + 1
    )
    assert Somebody("district", DISTRICT).client.get(path(draft)).status_code == 404
    assert not Course.objects.exists()


def test_plans_cost_the_same_however_many_sessions(session):
    clerk = Somebody("district", DISTRICT)
    session.course = communities.CourseFactory(area=session.area, kind="party_worker")
    session.save()
    clerk.sees("/desk/training-plans/")
    before = queries(clerk.client, "/desk/training-plans/")
    for year in (2030, 2031):
        plan = learning.TrainingPlanFactory(area=session.area, year=year)
        learning.PlannedSessionFactory(area=session.area, plan=plan)
    assert queries(clerk.client, "/desk/training-plans/") == before
