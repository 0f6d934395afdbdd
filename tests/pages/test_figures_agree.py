"""Card, rows, CSV and data endpoint agree for every figure, and follow what is deleted."""

import csv
import datetime
import io
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.urls import resolve

from suzhou_portal.figures import door
from suzhou_portal.figures.data import plain
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.measures import CurrentOf, DistinctOf, MeanOf, RatioOf, SumOf
from suzhou_portal.figures.periods import Period, Span
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.trends import series
from suzhou_portal.records.parties import Party
from tests.cases import case, in_both_forms
from tests.pages.addresses import FIGURES, one_of_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

DISTRICT, STREET, COMMUNITY = "620902", "620902004", "620902004004"
PLACES = (DISTRICT, STREET, COMMUNITY)
KEYS = [figure.key for figure in figures.all()]
# One figure for each way in which they are measured: pages of the others run the same code.
OF_EACH_KIND = [resolve(page).kwargs["key"] for page in one_of_each(FIGURES)]
COUNTED = [key for key in KEYS if not isinstance(figures.get(key).measure, RatioOf | CurrentOf)]
ADDITIVE = [key for key in KEYS if figures.get(key).measure.additive]


@pytest.fixture
def day(demonstration):
    return demonstration.as_of


def by_hand(key, area, day, since=None):
    """The value as anybody would work it out from the rows, without SQL."""
    measure = figures.get(key).measure
    if isinstance(measure, RatioOf):
        above, below = (
            by_hand(measure.numerator, area, day, since),
            by_hand(measure.denominator, area, day, since),
        )
        return Decimal(above) / Decimal(below) if below else None
    rows = list(door.records(figures.get(key).since(since), area, day))
    if isinstance(measure, SumOf):
        return sum(getattr(row, measure.column) or 0 for row in rows)
    if isinstance(measure, DistinctOf):
        return len({getattr(row, measure.column) for row in rows})
    if isinstance(measure, MeanOf):
        amounts = [getattr(row, measure.column) for row in rows]
        return Decimal(sum(amounts)) / len(amounts) if amounts else None
    if isinstance(measure, CurrentOf):
        closest = max(rows, key=lambda row: (len(row.area_id), getattr(row, measure.since)))
        return getattr(closest, measure.column)
    return len(rows)


each_form = in_both_forms("keys", short=OF_EACH_KIND, whole=KEYS)


@each_form
def test_card_rows_csv_and_data_agree(client, keys, day):
    for area in PLACES:
        data = {row["key"]: row for row in client.get("/data/figures.json", {"area": area}).json()}
        for key in keys:
            with case(key, area):
                context = client.get(f"/figures/{key}/", {"area": area}).context
                computed, page = context["card"].computed, context["page"]
                assert_is_what_its_records_say(computed, key, area, day)
                assert_lists_as_many(client, key, {"area": area}, page)
                assert data[key]["value"] == plain(computed.value)
                assert data[key]["records_url"].endswith(f"/figures/{key}/?area={area}")


@pytest.mark.parametrize("area", PLACES)
def test_each_value_is_what_its_records_say(client, area, day):
    data = {row["key"]: row for row in client.get("/data/figures.json", {"area": area}).json()}
    for key in KEYS:
        with case(key):
            value = door.value(key, area, day)
            assert_is_what_its_records_say(value, key, area, day)
            assert data[key]["value"] == plain(value.value)


def assert_is_what_its_records_say(computed, key, area, day):
    """The value by hand; and where none is known there are no records, or none that say anything."""
    if computed.state is State.KNOWN:
        assert computed.value == by_hand(key, area, day)
    else:
        assert not door.records(figures.get(key), area, day).exists() or not by_hand(key, area, day)


def assert_lists_as_many(client, key, asked, page):
    """The file has as many rows as the page says, or more where the page stops counting."""
    rows = client.get(f"/figures/{key}/rows.csv", asked).getvalue().decode("utf-8-sig")
    listed = len(list(csv.reader(io.StringIO(rows)))) - 1
    assert listed > page.count if page.capped else listed == page.count


@each_form
@pytest.mark.parametrize("period", ["2022-Q2", "2023"])
def test_a_period_is_the_same_everywhere_on_a_figures_page(client, keys, period):
    """Headline, trend, rows, file and break-down: one number, from the same records."""
    asked = {"area": STREET, "period": period}
    for key in keys:
        with case(key):
            page = client.get(f"/figures/{key}/", asked | {"order": "value"})
            card, scope = page.context["card"], page.context["scope"]
            mark = page.context["trend"].marks[-1].value
            assert (card.computed.value, card.computed.state) == (mark.value, mark.state)
            if mark.state is State.KNOWN:
                assert mark.value == by_hand(key, STREET, scope.as_of, scope.since)
            assert_lists_as_many(client, key, asked, page.context["page"])
            if bars := page.context["bars"]:
                assert bars.total == f"{card.text}{card.unit}"


@pytest.mark.parametrize("period", ["2022", "2022-Q2", "2023-04", "2023"])
def test_a_period_is_the_same_on_every_page(client, period, day):
    """Dashboards, data and report say what the trend says, and what it means in a period."""
    asked, parsed = {"area": STREET, "period": period}, Period.parse(period)
    trends = {key: series(key, STREET, [parsed], day)[0] for key in KEYS}
    cards = {
        row.figure.key: row.card
        for party in Party.values
        for group in client.get(f"/dashboard/{party}/", asked).context["groups"]()
        for row in group.rows
    }
    data = {row["key"]: row for row in client.get("/data/figures.json", asked).json()}
    report = client.get(f"/reports/{STREET}/{period}/").context["report"]
    lines = {line.figure.key: line for _, lines in report.sections for line in lines}
    notes = {note.figure.key: note.text for note in report.notes}
    span = Span.of(parsed, day)
    assert {*cards} == {*data} == {*KEYS} >= {*lines}
    for key, trend in trends.items():
        meant = figures.get(key).since(parsed.first)
        assert cards[key].computed.value == trend.value, key
        assert data[key]["value"] == plain(trend.value), key
        assert (cards[key].figure.label, data[key]["definition"]) == (meant.label, meant.definition)
        if trend.state is State.KNOWN:
            assert trend.value == by_hand(key, STREET, span.last, span.first), key
        if key in lines:
            assert lines[key].text == cards[key].text, key
            assert meant.definition in notes[key]


@pytest.mark.parametrize("period", ["2022", "2022-Q2", "2023-04"])
def test_a_periods_break_down_is_each_places_own_value(period, day):
    span = Span.of(Period.parse(period), day)
    here = door.opened(
        [figures.get(key) for key in COUNTED], DISTRICT, span.last, since=span.first, inside=True
    )
    for key in COUNTED:
        for part in here.parts(figures.get(key))[:-1]:
            [there] = series(key, part.area, [Period.parse(period)], day)
            assert (part.value, part.state) == (there.value, there.state), (key, part.area)


@pytest.mark.parametrize("area", PLACES)
def test_children_and_own_level_add_up(area, day):
    for key in ADDITIVE:
        with case(key):
            parts = door.breakdown(key, area, day)
            assert len(parts) > 1
            assert parts[-1].area == area
            whole = door.value(key, area, day).value or 0
            assert sum(part.value or 0 for part in parts) == whole


def test_the_breakdown_is_each_places_own_value(day):
    for key in COUNTED:
        for part in door.breakdown(key, DISTRICT, day)[:-1]:
            assert part.value == door.value(key, part.area, day).value, (key, part.area)


@each_form
def test_deleting_a_counted_row_moves_the_value_as_it_should(client, keys, day):
    for key in keys:
        with case(key), undone():
            record = door.records(figures.get(key), DISTRICT, day).order_by("-pk").first()
            type(record)._base_manager.filter(pk=record.pk)._raw_delete("default")
            assert record not in door.records(figures.get(key), DISTRICT, day)
            computed = client.get(f"/figures/{key}/").context["card"].computed
            assert_is_what_its_records_say(computed, key, DISTRICT, day)


@each_form
def test_with_all_rows_gone_nothing_is_left(client, keys, day):
    for key in (key for key in keys if key in COUNTED):
        with case(key), undone():
            # A community's earlier report counts once its latest is gone.
            while (records := door.records(figures.get(key), DISTRICT, day)).exists():
                gone = records.model._base_manager.filter(pk__in=records.values("pk"))
                gone._raw_delete("default")
            computed = client.get(f"/figures/{key}/").context["card"].computed
            assert computed.value in (0, None)
            assert computed.state is figures.get(key).nothing


def test_before_anything_happened_there_is_nothing():
    undated = {"guiding_documents", "purchase_regulation"}  # their day of issue is not known
    for key in KEYS:
        computed = door.value(key, DISTRICT, datetime.date(1990, 1, 1))
        assert not computed.value or key in undated, key


@contextmanager
def undone():
    """Undo what is done inside, foreign keys left dangling and all; made-up pay of closed months may
    be removed, as when a demonstration is cleared.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.clearing', 'on', true)")
        yield
        transaction.set_rollback(True)
