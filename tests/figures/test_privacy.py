"""No mean over fewer than five people is shown, and none can be worked out from those shown."""

import datetime

import pytest
from django.db import transaction
from hypothesis import strategies as st

from communities.models import PayMonth, Person, Post
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.enums import State
from tests.cases import tried
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory
from tests.factories.communities import PayMonthFactory, PersonFactory, PostFactory
from tests.figures.attacker import KEY, Attacker

pytestmark = pytest.mark.django_db

A, B, C = "620902001", "620902002", "620902003"
A1, A2, A3, B1, B2 = f"{A}001", f"{A}002", f"{A}003", f"{B}001", f"{B}002"
MAY, JULY = datetime.date(2023, 5, 31), datetime.date(2023, 7, 31)
PLACES = [DISTRICT, A, B, C, A1, A2, A3, B1, B2]


@pytest.fixture(autouse=True)
def _places(db):
    for code in PLACES:
        AreaFactory(code=code)


def pay(people, **fields):
    """So many people are paid in each place."""
    areas = [code for code, count in people.items() for _ in range(count)]
    persons = Person.objects.bulk_create(
        PersonFactory.build(area=None, area_id=code) for code in areas
    )
    posts = Post.objects.bulk_create(
        PostFactory.build(area=None, area_id=person.area_id, person=person) for person in persons
    )
    PayMonth.objects.bulk_create(
        PayMonthFactory.build(area=None, area_id=post.area_id, post=post, **fields)
        for post in posts
    )


def states(*places):
    return [door.value(KEY, place, BEGUN).state for place in places]


MONTHS = [datetime.date(2022, month, 1) for month in (6, 7)] + [
    datetime.date(2023, month, 1) for month in (5, 6)
]
PAID = st.fixed_dictionaries({
    (place, month): st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 6, 8])
    for place in (DISTRICT, A, B, A1, A2, B1)
    for month in MONTHS
})  # fmt: skip
# How many of those who are paid in a place are paid elsewhere in the same month.
MOVED = st.integers(0, 3)


def pay_by_month(paid, moved):
    """The same people are paid in a place month by month, as far as there are as many."""
    most = {place: max(paid[place, month] for month in MONTHS) for place, _ in paid}
    everywhere = Person.objects.bulk_create(PersonFactory.build(area_id=A) for _ in range(moved))
    posts = {}
    for place, count in most.items():
        own = [PersonFactory.build(area_id=place) for _ in range(max(count - moved, 0))]
        people = [*everywhere, *Person.objects.bulk_create(own)][:count]
        posts[place] = Post.objects.bulk_create(
            PostFactory.build(area=None, area_id=place, person=person, ended_on=MONTHS[-1])
            for person in people
        )
    PayMonth.objects.bulk_create(
        PayMonthFactory.build(
            area=None, area_id=place, post=post, month=month, post_pay=3000 + 7 * post.pk
        )
        for (place, month), count in paid.items()
        for post in posts[place][:count]
    )


def nobody_learns_what_fewer_than_five_earn(paid, moved):
    with transaction.atomic():
        pay_by_month(paid, moved)
        attacker = Attacker()
        attacker.reads_everything()
        assert not attacker.broken()
        transaction.set_rollback(True)


@tried(few=5, many=30)
def test_nobody_learns_what_fewer_than_five_earn(attempt):
    """From all that is published together, of any dates, periods and places, by every way."""
    attempt(nobody_learns_what_fewer_than_five_earn, PAID, MOVED)


class TestByHand:
    def test_five_people_are_enough(self):
        pay({A1: 5, A2: 6})
        assert states(A1, A2, A, DISTRICT) == [State.KNOWN] * 4

    def test_four_are_not_and_the_next_smallest_hides_with_them(self):
        pay({A1: 4, A2: 5, A3: 6})
        assert states(A1, A2, A3, A) == [
            State.WITHHELD, State.WITHHELD, State.KNOWN, State.KNOWN,
        ]  # fmt: skip

    def test_two_gaps_of_five_people_together_protect_each_other(self):
        pay({A1: 2, A2: 3, A3: 6})
        assert states(A1, A2, A3) == [State.WITHHELD, State.WITHHELD, State.KNOWN]

    def test_two_gaps_of_fewer_people_need_a_third(self):
        pay({A1: 1, A2: 3, A3: 6})
        assert states(A1, A2, A3, A) == [*[State.WITHHELD] * 3, State.KNOWN]

    def test_the_own_level_is_a_part_too(self):
        pay({A: 1, A1: 5, A2: 9})
        rows = {row.area: row.state for row in door.breakdown(KEY, A, BEGUN)}
        assert rows == {
            A: State.WITHHELD, A1: State.WITHHELD, A2: State.KNOWN, A3: State.UNKNOWN,
        }  # fmt: skip

    def test_what_lies_inside_a_withheld_area_is_withheld(self):
        pay({C: 4, B1: 6, B2: 7, A1: 20})
        assert states(C, B, B1, B2, A) == [*[State.WITHHELD] * 4, State.KNOWN]
        assert {row.state for row in door.breakdown(KEY, B, BEGUN)} == {
            State.WITHHELD, State.UNKNOWN,
        }  # fmt: skip

    def test_a_person_with_two_months_is_one_person(self):
        pay({A1: 4, A2: 5})
        post = Post.objects.filter(area=A1).first()
        PayMonthFactory(post=post, area=Area.objects.get(pk=A1), month=BEGUN.replace(month=5))
        assert states(A1) == [State.WITHHELD]

    def test_two_dates_tell_no_more_than_one(self):
        """A window that begins a month later leaves out the month in which there were two."""
        pay({A1: 2})
        pay({A1: 7}, month="2022-08-01")
        shown = [door.value(KEY, A1, day).state for day in (BEGUN, MAY, JULY)]
        assert shown == [State.WITHHELD, State.WITHHELD, State.KNOWN]

    def test_whoever_is_paid_in_two_places_is_one_person(self):
        pay({A1: 3, A2: 1, A3: 6})
        both = Post.objects.filter(area=A1).first()
        PayMonthFactory(
            area=Area.objects.get(pk=A2),
            post=PostFactory(
                person=both.person, area=Area.objects.get(pk=A2), ended_on="2023-01-01"
            ),
        )
        assert states(A1, A2, A3) == [State.WITHHELD] * 3

    def test_a_withheld_mean_tells_nothing(self):
        pay({A1: 4})
        value = door.value(KEY, A1, BEGUN)
        assert (value.value, value.numerator, value.denominator) == (None, None, None)
