"""A year whose arrangement nobody has entered: the district is told, and so is whoever reads a deadline."""

import ast
import datetime
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suzhou_portal.calendars import workdays
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.records.columns import columns, texts
from suzhou_portal.records.kinds import kinds
from tests.databases.sources import PACKAGES
from tests.factories import every_factory
from tests.factories.areas import COMMUNITY, DISTRICT
from tests.factories.communities import GridEventFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

D = datetime.date
FACTORIES = {factory._meta.model: factory for factory in every_factory()}
COUNTING = [model for model in apps.get_models() if getattr(model, "deadlines", {})]
SAID = "2031年放假调休安排未录入，按周一至周五推算"


def arrange(year, *off):
    """A year with an arrangement, and these days off."""
    SpecialDay.objects.create(date=D(year, 1, 1), name="元旦")
    for day in off:
        SpecialDay.objects.create(date=day, name="放假")


def test_every_count_of_working_days_is_said_to_be_one():
    """Nobody counts in working days past the declaration by which pages know of it."""
    counting = {
        str(file.relative_to(settings.BASE_DIR))
        for package in PACKAGES
        if package != "seeds"
        for file in (settings.BASE_DIR / package).rglob("*.py")
        if any(
            isinstance(node, ast.Call)
            and ast.unparse(node.func) in ("workdays.after", "workdays.between")
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        )
    }
    assert counting == {
        "communities/models/mediation.py", "organizations/workflow/registration.py",
        "suzhou_portal/linkage/models/requests.py", "suzhou_portal/linkage/workflow/requests.py",
    }  # fmt: skip
    assert {model.__name__ for model in COUNTING} == {
        "GridEvent", "MediationCase", "MeetingTask", "Rectification", "Registration", "ServiceRequest",
    }  # fmt: skip


@pytest.mark.parametrize("model", COUNTING, ids=lambda model: model.__name__)
def test_each_deadline_says_that_its_year_is_missing(model):
    kind = kinds.of(model)
    shown = {column.path for column in (*kind.columns, *kind.facts)}
    assert {*model.deadlines} <= shown, "a deadline that no page shows"
    record = FACTORIES[model]()
    for name, deadline in model.deadlines.items():
        setattr(record, deadline.start, D(2031, 3, 3))
        if hasattr(deadline, "end"):
            setattr(record, deadline.end, D(2031, 3, 5))
            continue  # its number is the database's
        setattr(record, name, deadline.of(record))
        [[told]] = texts(columns(model, [name]), [record])
        assert told.endswith(f"（{SAID}）")


def test_a_deadline_of_a_known_year_says_nothing_until_the_year_makes_it_another_day():
    event = GridEventFactory(reported_on=D(2031, 9, 29), due_on=None)
    due_on = columns(type(event), ["due_on"])
    assert texts(due_on, [event]) == [[f"2031年10月6日（{SAID}）"]]
    arrange(2031, *(D(2031, 10, day) for day in range(1, 8)))
    assert texts(due_on, [event]) == [["2031年10月6日（按放假调休安排应为2031年10月13日）"]]
    event.due_on = workdays.after(event.reported_on, 5)
    [[told]] = texts(due_on, [event])
    assert "（" not in told
    # A day that somebody set is no count
    event.due_on = D(2031, 10, 1)
    assert texts(due_on, [event]) == [["2031年10月1日"]]


def test_a_deadline_across_the_new_year_asks_for_both_years():
    arrange(2031)
    event = GridEventFactory(reported_on=D(2031, 12, 30), due_on=None)
    [[told]] = texts(columns(type(event), ["due_on"]), [event])
    assert "2032年放假调休安排未录入" in told
    arrange(2032)
    [[told]] = texts(columns(type(event), ["due_on"]), [event])
    assert "未录入" not in told


def test_any_number_of_deadlines_costs_one_query():
    events = [GridEventFactory(reported_on=D(2031, 9, day), due_on=None) for day in (1, 2, 3)]
    with CaptureQueriesContext(connection) as asked:
        texts(columns(type(events[0]), ["due_on"]), events)
    assert len(asked) == 1


def test_the_district_is_told_of_the_missing_year_and_nobody_else():
    district, clerk = Somebody("district", DISTRICT), Somebody("community", COMMUNITY)
    today = datetime.datetime.now(ZoneInfo(settings.TIME_ZONE)).date()
    missing = f"{today.year}年放假调休安排未录入"
    assert missing in district.sees("/desk/")
    assert missing not in clerk.sees("/desk/")
    for year in {today.year, (today + workdays.AHEAD).year}:
        arrange(year)
    assert "放假调休安排未录入" not in district.sees("/desk/")
    # and two months before a year begins, it is asked for
    assert workdays.not_arranged(D(2031, 10, 31)) == [2031]
    assert workdays.not_arranged(D(2031, 11, 2)) == [2031, 2032]
