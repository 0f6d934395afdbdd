"""Figures over periods: what each kind says of one, and what is compared with what."""

import datetime
from decimal import Decimal
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import PayMonth
from suzhou_portal.figures import door
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import MeanOf, RatioOf
from suzhou_portal.figures.periods import Period, PeriodKind, Span
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.trends import NotAdditiveError, added, amounts, series
from tests.factories import communities, organizations, volunteers
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory

pytestmark = pytest.mark.django_db

CLOCK = datetime.date(2023, 4, 30)
KEYS = [figure.key for figure in figures.all()]
Q1 = Period.parse("2023-Q1")


def quarters(count=4):
    return list(Q1.back(count))


def values(key, periods, area=DISTRICT, clock=CLOCK):
    return [one.value for one in series(key, area, periods, clock)]


def test_every_flow_says_what_happened_within_a_period():
    silent = [
        figure.key
        for figure in figures.all()
        if not isinstance(figure.measure, RatioOf)
        and (figure.kind is FigureKind.FLOW) != (figure.within is not None)
    ]
    assert silent == []


def test_every_figure_has_a_trend_on_an_empty_site():
    AreaFactory(code=COMMUNITY)
    for key, kind in product(KEYS, PeriodKind):
        periods = list(Period.of(CLOCK, kind).back(3))
        states = {one.state for one in series(key, DISTRICT, periods, CLOCK)}
        assert states == {figures.get(key).nothing}, (key, kind)


def test_a_cumulative_figure_is_as_of_the_last_day_and_its_rise_is_what_came_in_the_period():
    for day in ("2022-09-30", "2022-10-01", "2023-03-31", "2023-04-01"):
        organizations.SocialOrganizationFactory(joined_on=day)
    before, last_year, this = series("organizations", DISTRICT, quarters(3), CLOCK)
    assert [one.value for one in (before, last_year, this)] == [1, 2, 3]
    assert this.from_previous.difference == 1
    assert this.from_previous.share == Decimal("0.5")
    # A year before there was none: a difference, and no share of nothing.
    assert (this.from_year_before.difference, this.from_year_before.share) == (3, None)


def test_a_stock_is_as_of_the_last_day():
    volunteers.VolunteerTeamFactory(founded_on="2022-12-01", dissolved_on="2023-02-01")
    assert values("volunteer_teams", quarters(3)) == [0, 1, 0]


def test_a_flow_is_what_happened_in_the_period():
    batch = communities.RecruitmentBatchFactory()
    for day in ("2022-12-31", "2023-01-01", "2023-03-31", "2023-04-01"):
        communities.PostFactory(batch=batch, started_on=day)
    assert values("recruited_workers", quarters(2)) == [1, 2]
    # As of a date it looks two years back, as its definition says.
    assert door.value("recruited_workers", DISTRICT, CLOCK).value == 4


def test_reports_count_only_where_they_lie_in_the_period():
    year = {"period_start": "2022-05-01", "period_end": "2023-03-31"}
    communities.ReachReportFactory(visits=1000, **year)
    assert [one.state for one in series("resident_visits", DISTRICT, [Q1], CLOCK)] == [
        State.NOT_REPORTED
    ]
    quarter = {"period_start": "2023-01-01", "period_end": "2023-03-31"}
    communities.ReachReportFactory(visits=300, people=1, area__code="620902005001", **quarter)
    assert values("resident_visits", [Q1, Period.parse("2023-03")]) == [300, None]


def test_a_ratio_shows_what_it_divides():
    project = organizations.PurchasedProjectFactory(signed_on="2023-01-15")
    organizations.PurchasedProjectFactory(signed_on="2023-02-15")
    organizations.EvaluationFactory(project=project, evaluated_on="2023-03-01")
    none, half = series("evaluation_coverage", DISTRICT, quarters(2), CLOCK)
    assert (none.value, none.state) == (None, State.UNKNOWN)
    assert (half.value, half.amount.numerator, half.amount.denominator) == (Decimal("0.5"), 1, 2)


def test_zero_unknown_and_not_reported_stay_apart():
    AreaFactory(code=COMMUNITY)
    assert [
        (one.value, one.state)
        for key in ("organizations", "evaluation_coverage", "residents_benefited")
        for one in series(key, DISTRICT, [Q1], CLOCK)
    ] == [(0, State.KNOWN), (None, State.UNKNOWN), (None, State.NOT_REPORTED)]


def test_a_standard_in_force_is_the_closest_ones_latest():
    rise = communities.AllowanceStandardFactory
    rise(area__code=DISTRICT, effective_from="2022-01-01", amount=300)
    rise(area__code=DISTRICT, effective_from="2023-01-01", amount=500)
    assert values("grid_secretary_allowance", quarters(2), COMMUNITY) == [300, 500]
    assert values("grid_secretary_allowance", quarters(2), DISTRICT) == [300, 500]


def pay(code, people, month="2023-02-01"):
    for _ in range(people):
        post = communities.PostFactory(area=AreaFactory(code=code), started_on="2020-01-01")
        communities.PayMonthFactory(post=post, area=post.area, month=month)


def test_a_mean_of_few_people_is_withheld_in_a_period_too():
    pay(f"{STREET}001", 4)
    pay(f"{STREET}002", 6)
    pay(f"{STREET}003", 9)
    shown = {
        code: series("average_monthly_pay", code, [Q1], CLOCK)[0].state
        for code in (DISTRICT, STREET, *(f"{STREET}00{number}" for number in (1, 2, 3)))
    }
    assert shown == {
        DISTRICT: State.KNOWN, STREET: State.KNOWN, f"{STREET}001": State.WITHHELD,
        f"{STREET}002": State.WITHHELD, f"{STREET}003": State.KNOWN,
    }  # fmt: skip


def test_a_quarter_is_withheld_with_any_month_in_it():
    """Else the month could be had by taking the others away."""
    for month, people in (("2023-01-01", 6), ("2023-02-01", 4), ("2022-12-01", 6)):
        pay(COMMUNITY, people, month)
    quarters_, months = (
        [one.state.value for one in series("average_monthly_pay", COMMUNITY, periods, CLOCK)]
        for periods in (quarters(2), list(Period.parse("2023-02").back(3)))
    )
    assert quarters_ == ["known", "withheld"]
    assert months == ["known", "known", "withheld"]


def test_a_mean_agrees_with_the_door_over_the_same_records():
    pay(COMMUNITY, 7)
    [month] = series("average_monthly_pay", DISTRICT, [Period.parse("2023-02")], CLOCK)
    assert month.value == door.value("average_monthly_pay", DISTRICT, CLOCK).value
    assert PayMonth.objects.count() == 7


def test_more_periods_cost_no_more_statements():
    AreaFactory(code=COMMUNITY)

    def statements(key, count):
        with CaptureQueriesContext(connection) as captured:
            series(key, DISTRICT, list(Period.parse("2023-03").back(count)), CLOCK)
        return len(captured)

    for key in KEYS:
        most = 2 if isinstance(figures.get(key).measure, RatioOf | MeanOf) else 1
        assert statements(key, 2) == statements(key, 24) <= most, key


def test_a_running_flow_is_not_compared_with_a_whole_period():
    april = series("exam_takers", DISTRICT, [Period.parse("2023-Q2")], CLOCK)[0]
    assert not april.finished
    assert april.from_previous is None
    stock = series("volunteer_teams", DISTRICT, [Period.parse("2023-Q2")], CLOCK)[0]
    assert stock.from_previous.difference == 0


def test_a_period_to_come_is_refused():
    with pytest.raises(ValueError, match="还没有开始"):
        series("organizations", DISTRICT, [Period.parse("2023-05")], CLOCK)


def test_only_flows_are_added_over_periods():
    communities.ReachReportFactory(
        visits=300, people=1, period_start="2023-01-01", period_end="2023-03-31"
    )
    spans = [Span.of(period, CLOCK) for period in quarters()]

    def total(key):
        return added(amounts(figures.get(key), spans, DISTRICT), figures.get(key))

    assert total("resident_visits") == 300
    for key, reason in (
        ("organizations", "累计数，不能跨期相加"),
        ("volunteer_teams", "时点数，不能跨期相加"),
        ("recruited_workers", "去重"),
    ):
        with pytest.raises(NotAdditiveError, match=reason):
            total(key)
