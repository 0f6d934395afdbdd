"""Whoever has left is given no work, and it is said why; a past day counts as it was."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from communities.enums.base import CourseKind
from communities.models import Person
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, AreaFactory
from tests.factories.communities import (
    CourseFactory,
    EnrolmentFactory,
    ExamRegistrationFactory,
    GridPostFactory,
    PayMonthFactory,
    PersonFactory,
    PostFactory,
)
from tests.factories.governing import GoverningBodyFactory, SecretaryProjectFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
LEFT = datetime.date(2022, 3, 31)
BEFORE, AFTER = datetime.date(2022, 3, 1), datetime.date(2022, 5, 1)


@pytest.fixture
def gone():
    """Somebody whose only post ended."""
    person = PersonFactory(area=AreaFactory(code=COMMUNITY), name="王小明")
    PostFactory(person=person, area=person.area, started_on="2020-01-01", ended_on=LEFT)
    return person


def refusal(record, name):
    return record.refusals(name, [getattr(record, name)])


def course(day):
    area = AreaFactory(code=DISTRICT)
    return CourseFactory(
        area=area, state="enrolling", kind=CourseKind.POST, starts_on=day, ends_on=day
    )


def test_who_has_left_is_known_by_the_day(gone):
    assert Person.objects.why_gone([gone], LEFT) == {}
    [said] = Person.objects.why_gone([gone], AFTER).values()
    assert "王小明2022年3月31日已离岗" in said
    assert Person.objects.why_gone([PersonFactory(area=gone.area)], AFTER) == {}


@pytest.mark.parametrize("back", ["post", "later_post", "grid"])
def test_who_came_back_or_works_in_a_grid_has_not_left(gone, back):
    if back == "grid":
        GridPostFactory(area=AreaFactory(code=GRID), person=gone, started_on="2022-04-15")
    else:
        begun = "2022-04-15" if back == "post" else "2022-07-01"
        PostFactory(person=gone, area=gone.area, started_on=begun)
    assert Person.objects.why_gone([gone], AFTER) == {}


def test_nobody_who_has_left_is_enrolled(gone):
    there = EnrolmentFactory.build(course=course(BEFORE), person=gone, area=gone.area)
    assert refusal(there, "person") == {}
    there.clean()
    late = EnrolmentFactory.build(course=course(AFTER), person=gone, area=gone.area)
    assert "已离岗" in refusal(late, "person")[gone.pk]
    with pytest.raises(ValidationError, match="已离岗"):
        late.clean()


def test_a_form_says_it_and_saves_nothing(gone):
    held, clerk = course(AFTER), Somebody("district", DISTRICT)
    told = clerk.enters(
        "results", of=held, area=COMMUNITY, person=gone.pk, unit="某单位", rank="section",
        explanation="补录",
    )  # fmt: skip
    assert "已离岗" in str(told.context["form"].errors["person"])
    assert not held.enrolments.exists()


def test_an_examination_is_open_to_whoever_left_but_it_is_asked_why(gone):
    registered = ExamRegistrationFactory.build(person=gone, area=gone.area, exam_on=AFTER)
    assert ("person" in dict(registered.unusual())) is True
    assert "已离岗" in str(dict(registered.unusual()))
    before = ExamRegistrationFactory.build(person=gone, area=gone.area, exam_on=BEFORE)
    assert "已离岗" not in str(dict(before.unusual()))


def test_no_post_is_paid_or_chosen_for_a_month_in_which_it_was_not_held(gone):
    post = gone.posts.get()
    assert refusal(PayMonthFactory.build(post=post, month=BEFORE), "post") == {}
    assert "不在这个岗位" in refusal(PayMonthFactory.build(post=post, month=AFTER), "post")[post.pk]


@pytest.mark.parametrize("name", ["head", "responsible"])
def test_nobody_who_has_left_answers_for_anything_new(gone, name):
    made = {
        "head": lambda: GoverningBodyFactory.build(head=gone, area=gone.area),
        "responsible": lambda: SecretaryProjectFactory.build(
            responsible=gone, area=gone.area, planned_from=AFTER
        ),
    }[name]()
    assert "已离岗" in refusal(made, name)[gone.pk]
    with pytest.raises(ValidationError, match="已离岗"):
        made.clean()


def test_who_left_since_stays_in_the_record():
    """A record that named somebody before they left can still be corrected."""
    person = PersonFactory(area=AreaFactory(code=COMMUNITY))
    body = GoverningBodyFactory(head=person, area=person.area)
    PostFactory(person=person, area=person.area, started_on="2020-01-01", ended_on=LEFT)
    body.clean()
