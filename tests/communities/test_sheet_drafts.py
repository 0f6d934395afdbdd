"""What is typed into a sheet survives, row by row, whatever else became of the list meanwhile."""

import pytest

from communities.models import Enrolment
from suzhou_portal.desks.models import Draft
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import CourseFactory, EnrolmentFactory
from tests.factories.service import VolunteerFactory
from tests.factories.volunteering import TeamTrainingFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody
from tests.sheets import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = CourseFactory(area=AreaFactory(code=DISTRICT), state="running", hours=8)
    EnrolmentFactory.create_batch(3, course=course, area=course.area)
    return course


@pytest.fixture
def clerk():
    return Somebody("district", DISTRICT)


def sheet_of(course):
    return f"/courses/{course.pk}/attendance/"


def with_word(somebody, path, **values):
    sent = filled(somebody, path, **values)
    return sent | {"draft": somebody.client.get(path).context["word"]}


def test_an_ended_session_loses_no_row(course, clerk):
    path = sheet_of(course)
    sent = with_word(clerk, path, absence_reason=["病假", None, "事假"])
    clerk.client.session.flush()
    answer = clerk.client.post(path, sent)
    assert set(Enrolment.objects.values_list("attendance", flat=True)) == {""}
    clerk.client.force_login(clerk.user)
    again = clerk.client.get(answer.url)
    shown = [form["absence_reason"].value() for form in again.context["formset"]]
    assert shown == ["病假", "", "事假"]
    saved = clerk.client.post(
        answer.url,
        filled(clerk, answer.url) | {"draft": again.context["word"]},
        follow=True,
    )
    assert saved.status_code == 200
    assert saved.redirect_chain == [(path, 302)]
    assert sorted(Enrolment.objects.values_list("absence_reason", flat=True)) == [
        "",
        "事假",
        "病假",
    ]
    assert not Draft.objects.open_to(clerk.user).exists()


def test_what_was_typed_stands_in_its_own_row_when_another_is_gone(course, clerk):
    path = sheet_of(course)
    first, second, _ = Enrolment.objects.order_by("area_id", "pk")
    draft = clerk.client.post(
        path, with_word(clerk, path, absence_reason=[None, "病假"]) | {"keep": "1"}
    ).url
    Enrolment.objects.filter(pk=first.pk).delete()
    rows = {form.instance.pk: form for form in clerk.client.get(draft).context["formset"]}
    assert rows[second.pk]["absence_reason"].value() == "病假"
    others = [form["absence_reason"].value() for key, form in rows.items() if key != second.pk]
    assert others == [""]


def test_a_row_that_somebody_saved_meanwhile_is_told_of(course, clerk):
    path = sheet_of(course)
    draft = clerk.client.post(
        path, with_word(clerk, path, absence_reason=["病假"]) | {"keep": "1"}
    ).url
    other = Somebody("district", DISTRICT)
    other.client.post(path, filled(other, path, present=["on"]))
    word = clerk.client.get(draft).context["word"]
    told = clerk.client.post(draft, filled(clerk, draft) | {"draft": word})
    assert "修改了它" in told.text
    assert Enrolment.objects.order_by("area_id", "pk")[0].attendance == "present"


def test_a_pasted_list_survives_too():
    team = VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY))
    VolunteerFactory(area=team.area, team=team, name="周大海")
    training = TeamTrainingFactory(area=team.area)
    clerk = Somebody("community", COMMUNITY)
    path = f"/team-trainings/{training.pk}/turnout/?team={team.pk}"
    word = clerk.client.get(path).context["word"]
    kept = clerk.client.post(path, {"listed": "周大海 缺席", "draft": word, "keep": "1"})
    assert clerk.client.get(kept.url).context["form"]["listed"].value() == "周大海 缺席"
    assert not training.presences.exists()


def test_one_more_record_from_a_draft_begins_a_new_form():
    AreaFactory(code=COMMUNITY)
    clerk = Somebody("community", COMMUNITY)
    path = "/desk/people/new/"
    form = clerk.client.get(path).context
    sent = {"area": COMMUNITY, "name": "王小明", "draft": form["word"]}
    draft = clerk.client.post(path, sent | {"keep": "1"}).url
    word = clerk.client.get(draft).context["word"]
    answer = clerk.client.post(draft, sent | {"draft": word, "again": "1"}, follow=True)
    assert answer.redirect_chain == [(path, 302)]
    assert answer.status_code == 200
