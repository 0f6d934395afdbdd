"""After a step on a record's page: the next record that waits, and the way back to 我的工作."""

import html
import re

import pytest
from django.utils import timezone

from tests.factories.areas import COMMUNITY, STREET, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.factories.pay import PerformanceReviewFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


def said_after(somebody, record, verb, **filled):
    """What the record's page says after the step, with the links in it."""
    answer = somebody.takes(record, verb, **filled)
    [said] = re.findall(r'<p class="message message-success" role="status">(.*?)</p>', answer.text)
    return said


def reached(said):
    return [
        (address, html.unescape(text))
        for address, text in re.findall(r'<a href="([^"]*)">(.*?)</a>', said)
    ]


def test_leads_on_to_what_is_due_next_and_back_once_nothing_waits():
    clerk, here = Somebody("community", COMMUNITY), AreaFactory(code=COMMUNITY)
    today = timezone.localdate()
    late, last = [
        GridEventFactory(area=here, title=title, due_on=today, reported_on=today)
        for title in ("先办的", "<b>后办的</b>")
    ]
    refused = {"note": "不在本社区。"}
    said = said_after(clerk, late, "refuse", **refused)
    assert "已办理“不予受理”。" in said
    assert reached(said) == [
        (f"/desk/grid-events/{last.pk}/", str(last)),
        ("/desk/", "返回我的工作"),
    ]
    assert "<b>" not in said
    assert reached(said_after(clerk, last, "refuse", **refused)) == [("/desk/", "返回我的工作")]


def test_what_still_waits_on_the_page_itself_is_not_the_next_one():
    """Dispatched to whoever dispatches it, it waits to be handled, on the page where they are."""
    clerk = Somebody("community", COMMUNITY)
    event = GridEventFactory(area=AreaFactory(code=COMMUNITY))
    assert reached(said_after(clerk, event, "dispatch", handler=clerk.user)) == [
        ("/desk/", "返回我的工作")
    ]


def test_what_lies_inside_is_next_where_nothing_of_ones_own_level_waits():
    street, here = Somebody("street", STREET), AreaFactory(code=COMMUNITY)
    today = timezone.localdate()
    event = GridEventFactory(area=here, due_on=today, reported_on=today)
    review = PerformanceReviewFactory(area=here)
    said = said_after(street, review, "confirm")
    assert (f"/desk/grid-events/{event.pk}/", str(event)) in reached(said)
