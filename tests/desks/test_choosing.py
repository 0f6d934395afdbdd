"""Choosing one of many by typing, as a step of the form itself, without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.enums.base import CourseKind
from communities.models import Enrolment, Person
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.desks.choosing import FEW, Chooser, ManyChooser
from suzhou_portal.desks.forms import record_form
from suzhou_portal.desks.models import Draft
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import CourseFactory, EnrolmentFactory, PersonFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """More than a plain list can hold, and those that tests look for."""
    area = AreaFactory(code=COMMUNITY)
    PersonFactory.create_batch(FEW + 5, area=area)
    named = {"王小明": "13800001234", "王晓梅": "13900005678", "张建国": ""}
    return {name: PersonFactory(area=area, name=name, phone=phone) for name, phone in named.items()}


@pytest.fixture
def course():
    return CourseFactory(area=AreaFactory(code=DISTRICT), state="enrolling", kind=CourseKind.POST)


@pytest.fixture
def clerk():
    return Somebody(Role.DISTRICT, DISTRICT)


def looked_for(clerk, course, text, **sent):
    path = f"/desk/results/new/?of={course.pk}"
    shown = clerk.client.get(path).context
    sent = {"unit": "某单位", "draft": shown["word"], "person-find": text, "find": "person"} | sent
    return clerk.client.post(path, sent)


def options(page):
    """What the page offers to choose, and what it says of others."""
    told = page.context["form"]["person"].field.widget.get_context("person", "", {"id": "x"})
    found = told["widget"]["found"] + told["widget"]["chosen"]
    refused = {label.partition("（")[0]: why for label, why in told["widget"]["refused"]}
    return [label.partition("（")[0] for _, label in found], refused


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("小明", ["王小明"]), ("王", ["王小明", "王晓梅"]), ("wxm", ["王小明", "王晓梅"]),
        ("zhangjianguo", ["张建国"]), ("王 梅", ["王晓梅"]), ("没有这个人", []), ("%", []), ("\0", []),
    ],
)  # fmt: skip
def test_it_is_found_by_name_and_sound(people, course, clerk, text, found):
    page = looked_for(clerk, course, text)
    assert page.status_code == 200
    offered, _ = options(page)
    if text != "\0":
        assert sorted(offered) == sorted(found)
    assert page.context["form"]["unit"].value() == "某单位"
    assert not page.context["form"].errors


def test_people_of_one_name_are_told_apart_by_where_they_stand(people, course, clerk):
    PersonFactory(area=AreaFactory(code=f"{STREET}099", name="别的社区"), name="王小明")
    page = looked_for(clerk, course, "小明")
    assert "王小明（别的社区）" in page.text


def test_looking_something_up_leaves_no_draft(people, course, clerk):
    looked_for(clerk, course, "小明")
    assert not Draft.objects.exists()


def test_nothing_is_listed_before_somebody_asks(people, course, clerk):
    page = clerk.sees(f"/desk/results/new/?of={course.pk}")
    assert "王小明" not in page
    assert 'name="person-find"' in page


def test_what_is_chosen_is_saved(people, course, clerk):
    page = looked_for(clerk, course, "小明")
    chosen = people["王小明"].pk
    assert (
        f'type="radio" name="person" value="{chosen}" id="id_person_{chosen}" checked' in page.text
    )
    told = {"person-find": "小明", "area": COMMUNITY, "unit": "某单位", "rank": "section"}
    clerk.has_entered("results", of=course, person=chosen, explanation="补录", **told)
    assert Enrolment.objects.get().person_id == chosen


def test_what_was_typed_and_not_chosen_is_not_passed_over(people, course, clerk):
    path = f"/desk/results/new/?of={course.pk}"
    page = clerk.client.post(path, {"person-find": "王", "unit": "某单位"})
    assert "person" in page.context["form"].errors
    assert "王晓梅" in page.text


def test_who_is_there_already_is_shown_with_the_reason(people, course, clerk):
    EnrolmentFactory(course=course, person=people["王小明"])
    offered, refused = options(looked_for(clerk, course, "王"))
    assert offered == ["王晓梅"]
    assert refused == {"王小明": "此人已报名该培训。"}


def test_whom_a_course_is_not_for_is_shown_with_the_reason(people, clerk):
    area = AreaFactory(code=DISTRICT)
    contest = CourseFactory(area=area, state="enrolling", kind=CourseKind.SECRETARY_CONTEST)
    offered, refused = options(looked_for(clerk, contest, "王"))
    assert offered == []
    assert all("书记" in reason for reason in refused.values())
    assert len(refused) == 2


def test_a_full_number_finds_and_is_in_the_trail(people, course):
    hr = Somebody(Role.HR, DISTRICT)
    may = hr.user.has_perm("communities.reveal_person")
    before = AuditEntry.objects.filter(action="reveal").count()
    offered, _ = options(looked_for(Somebody(Role.DISTRICT, DISTRICT), course, "13800001234"))
    looks = AuditEntry.objects.filter(action="reveal").count() - before
    assert (offered == ["王小明"]) == (looks > 0) == may or offered == ["王小明"]


def test_a_search_costs_the_same_for_any_number(people, course, clerk):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            looked_for(clerk, course, "王")
        return len(captured)

    cost()
    before = cost()
    PersonFactory.create_batch(10, area=AreaFactory(code=COMMUNITY), name="王某某")
    assert cost() == before


def test_no_form_lists_more_than_a_few(clerk):
    """Whatever the relation: with more than a list can hold it is chosen by typing."""
    street = AreaFactory(code=STREET)
    for number in range(FEW + 2):
        AreaFactory(code=f"{STREET}{number + 100}", parent=street)
    seen = 0
    for desk in kinds.desks():
        form = record_form(desk, clerk.user)(instance=desk.model())
        for field in form.fields.values():
            if hasattr(field, "queryset") and field.queryset.count() > FEW:
                assert isinstance(field.widget, Chooser | ManyChooser), (desk.name, field.label)
                seen += 1
    assert seen
    assert Person.objects.count() == 0
