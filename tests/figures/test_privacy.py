"""No mean over fewer than five people is shown, and none can be worked out from those shown."""

from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import example
from hypothesis import strategies as st

from communities.models import PayMonth, Person, Post
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.measures import MINIMUM_PEOPLE
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.trends import series
from tests.cases import tried
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory
from tests.factories.communities import PayMonthFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db

KEY = "average_monthly_pay"
A, B, C = "620902001", "620902002", "620902003"
A1, A2, A3, B1, B2 = f"{A}001", f"{A}002", f"{A}003", f"{B}001", f"{B}002"
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


def shown_parts(people):
    """What anybody can see: for each mean shown, the places whose pay it is made of."""
    seen = []
    for area in PLACES:
        inside = {code for code, count in people.items() if count and codes.contains(area, code)}
        if door.value(KEY, area, BEGUN).state is State.KNOWN:
            seen.append(inside)
        own = [row for row in door.breakdown(KEY, area, BEGUN) if row.area == area]
        if own and own[0].state is State.KNOWN:
            seen.append({area})
    return seen


def can_be_worked_out(target, seen, atoms):
    """Whether the sum over some places follows from the sums seen, by any adding and subtracting."""

    def vector(places):
        return [Fraction(atom in places) for atom in atoms]

    return rank([vector(places) for places in seen]) == rank(
        [vector(places) for places in [*seen, target]]
    )


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [value - factor * above for value, above in zip(row, pivot, strict=True)]
        found += 1
    return found


PAID = st.fixed_dictionaries({place: st.integers(0, 7) for place in PLACES})


@example({DISTRICT: 0, A: 0, B: 5, C: 5, A1: 1, A2: 6, A3: 6, B1: 0, B2: 0})
@example({DISTRICT: 0, A: 3, B: 6, C: 6, A1: 0, A2: 0, A3: 0, B1: 0, B2: 0})
@example({DISTRICT: 1, A: 0, B: 0, C: 4, A1: 0, A2: 0, A3: 5, B1: 0, B2: 0})
def no_small_mean_can_be_worked_out(people):
    with transaction.atomic():
        pay(people)
        seen = shown_parts(people)
        atoms = [place for place, count in people.items() if count]
        for place in PLACES:
            inside = {code for code in atoms if codes.contains(place, code)}
            for target in (inside, {place} & set(atoms)):
                if 0 < sum(people[code] for code in target) < MINIMUM_PEOPLE:
                    assert not can_be_worked_out(target, seen, atoms), (place, people)
        transaction.set_rollback(True)


@tried(few=15, many=60)
def test_no_small_mean_can_be_worked_out(attempt):
    attempt(no_small_mean_can_be_worked_out, PAID)


QUARTER = Period.parse("2023-Q1")
MONTHS = [Period.parse("2023-01"), Period.parse("2023-03")]


def parts(period, area):
    here = door.opened([figures.get(KEY)], area, period.last, since=period.first, inside=True)
    return {part.area: part.state for part in here.parts(figures.get(KEY))}


def what_is_withheld_in_a_month_is_withheld_with_the_quarter(january, march):
    with transaction.atomic():
        pay(january, month="2023-01-01")
        pay(march, month="2023-03-01")
        for place in PLACES:
            here = door.opened([figures.get(KEY)], place, QUARTER.last, since=QUARTER.first).value(
                figures.get(KEY)
            )
            [trend] = series(KEY, place, [QUARTER], QUARTER.last)
            assert (here.value, here.state) == (trend.value, trend.state), place
            by_month = [parts(month, place) for month in MONTHS]
            for area, state in parts(QUARTER, place).items():
                # Not the other way round: what lies in a place withheld in a month is withheld too,
                # also where it had nobody in that month.
                if any(month.get(area) is State.WITHHELD for month in by_month):
                    assert state is State.WITHHELD, (place, area)
        transaction.set_rollback(True)


@tried(few=10, many=40)
def test_what_is_withheld_in_a_month_is_withheld_with_the_quarter(attempt):
    """In headline, trend and break-down alike."""
    attempt(what_is_withheld_in_a_month_is_withheld_with_the_quarter, PAID, PAID)


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

    def test_a_withheld_mean_tells_nothing(self):
        pay({A1: 4})
        value = door.value(KEY, A1, BEGUN)
        assert (value.value, value.numerator, value.denominator) == (None, None, None)
