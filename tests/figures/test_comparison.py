"""Published beside computed: how they stand to each other, and how they are written."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.cards import cards_of, published_text
from suzhou_portal.figures.comparison import compare
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.enums import Agreement, Exactness, State
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory
from tests.factories.charity import CharityResourceFactory
from tests.factories.communities import AllowanceStandardFactory, CertificateFactory, PostFactory
from tests.factories.figures import PublishedValueFactory

DAY = datetime.date(2023, 4, 30)
BOUND, EXACT = Exactness.LOWER_BOUND, Exactness.EXACT


def computed(value):
    state = State.UNKNOWN if value is None else State.KNOWN
    decimal = None if value is None else Decimal(value)
    return FigureValue(figures.get("volunteer_teams"), DISTRICT, DAY, decimal, state)


def published(value, exactness=EXACT, **fields):
    decimal = None if value is None else Decimal(value)
    fields = {"as_of": DAY, **fields}
    return PublishedValueFactory.build(area=None, value=decimal, exactness=exactness, **fields)


@pytest.mark.parametrize(
    ("ours", "agreement"),
    [("0.85004", Agreement.SAME), ("0.8494", Agreement.DIFFERENT), ("0.8549", Agreement.DIFFERENT)],
)
def test_percentages_are_compared_as_they_are_written(ours, agreement):
    """84.94% is not 85%."""
    value = replace(computed(ours), figure=figures.get("certified_ratio"))
    assert compare(value, published("0.85")).agreement is agreement


@pytest.mark.parametrize(
    ("ours", "theirs", "exactness", "agreement", "difference"),
    [
        ("7", "7", EXACT, Agreement.SAME, "0"),
        ("7.004", "7", EXACT, Agreement.SAME, "0.004"),
        ("7.006", "7", EXACT, Agreement.DIFFERENT, "0.006"),
        ("6", "7", EXACT, Agreement.DIFFERENT, "-1"),
        ("7", "7", BOUND, Agreement.WITHIN, "0"),
        ("8", "7", BOUND, Agreement.WITHIN, "1"),
        ("6", "7", BOUND, Agreement.BELOW, "-1"),
    ],
)
def test_compared(ours, theirs, exactness, agreement, difference):
    comparison = compare(computed(ours), published(theirs, exactness))
    assert comparison.agreement is agreement
    assert comparison.difference == Decimal(difference)


@pytest.mark.parametrize(
    ("ours", "theirs", "agreement"),
    [
        ("7", None, Agreement.UNPUBLISHED),
        ("7", published(None, Exactness.QUALITATIVE), Agreement.QUALITATIVE),
        (None, published("7"), Agreement.NOT_COMPARABLE),
    ],
)
def test_not_compared(ours, theirs, agreement):
    comparison = compare(computed(ours), theirs)
    assert (comparison.agreement, comparison.difference) == (agreement, None)


def test_what_is_of_another_time_is_not_compared():
    ours, theirs = computed("8"), published("7", as_of=DAY - datetime.timedelta(days=1))
    assert compare(ours, theirs).agreement is Agreement.OTHER_TIME
    # As of the same day, but in a period instead of the two years before
    flow = figures.get("recruited_workers").since(datetime.date(2023, 1, 1))
    assert compare(replace(ours, figure=flow), published("7")).agreement is Agreement.OTHER_TIME
    stock = figures.get("volunteer_teams").since(datetime.date(2023, 1, 1))
    assert compare(replace(ours, figure=stock), published("8")).agreement is Agreement.SAME


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("volunteer_teams", None, ""),
        ("volunteer_teams", published("7"), "7支"),
        ("volunteer_teams", published("7", BOUND), "≥7支"),
        ("charity_value", published("12345000"), "1,234.5万元"),
        ("volunteer_teams", published(None, Exactness.QUALITATIVE, quote="多支"), "多支"),
        (
            "grid_secretary_allowance",
            published("500", previous_value=Decimal(300)),
            "300元/人/月→500元/人/月",
        ),
    ],
)
def test_published_text(key, value, text):
    assert published_text(figures.get(key), value) == text


def card(key):
    return cards_of([figures.get(key)], Scope(Area.objects.get(pk=DISTRICT), DAY, False))[0]


@pytest.mark.django_db
class TestCard:
    def test_a_difference_is_named(self):
        PublishedValueFactory(figure="charity_value", value=20_000, as_of=DAY)
        CharityResourceFactory(value=Decimal("5000"))
        shown = card("charity_value")
        assert (shown.text, shown.unit) == ("5,000", "元")
        assert (shown.published_text, shown.difference) == ("2万元", "少1.5万元")
        assert shown.known

    def test_no_difference_is_not(self):
        PublishedValueFactory(figure="charity_value", value=5000)
        CharityResourceFactory(value=Decimal("5000"))
        assert card("charity_value").difference == ""

    def test_a_ratio_shows_both_parts(self):
        CertificateFactory(person=PostFactory().person)
        PostFactory()
        shown = card("certified_ratio")
        assert (shown.text, shown.unit) == ("50", "%")
        assert shown.parts == "在岗持证专职社区工作者1人 ÷ 在岗专职社区工作者2人"

    def test_a_reason_stands_where_there_is_no_value(self):
        AreaFactory(code=DISTRICT)
        shown = card("certified_ratio")
        assert (shown.text, shown.unit, shown.known) == ("未知", "", False)

    @pytest.mark.parametrize(
        ("before", "now", "change"),
        [
            (300, 500, "由300元/人/月调整为500元/人/月（+200元/人/月，+66.7%）"),
            (500, 300, "由500元/人/月调整为300元/人/月（−200元/人/月，−40.0%）"),
            (0, 300, "由0元/人/月调整为300元/人/月（+300元/人/月）"),
        ],
    )
    def test_a_standard_says_how_it_moved(self, before, now, change):
        for amount, day in ((before, BEGUN), (now, DAY)):
            AllowanceStandardFactory(area__code=DISTRICT, amount=amount, effective_from=day)
        assert card("grid_secretary_allowance").change == change

    def test_the_latest_published_value_is_shown(self):
        for value, day in ((7, DAY), (6, BEGUN)):
            PublishedValueFactory(value=value, as_of=day)
        assert card("volunteer_teams").published_text == "7支"
