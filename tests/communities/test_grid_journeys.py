"""M2: what is found in a grid is reported on a phone, handled by the community, and closed."""

import datetime

import pytest

from communities.models import GridEvent
from suzhou_portal.calendars.models import SpecialDay
from tests.factories.areas import COMMUNITY, GRID, STREET, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.journeys import Somebody
from tests.rules import assert_rule

pytestmark = pytest.mark.django_db

FOUND = {"kind": "safety", "title": "楼道堆物", "place": "2号楼"}


@pytest.fixture(autouse=True)
def grid(db):
    """The grid in which things happen."""
    return AreaFactory(code=GRID)


def test_a_grid_workers_report_is_handled_and_closed(client):
    # Given a grid worker in the street and the clerk of the community
    worker, clerk = Somebody("grid_worker", GRID), Somebody("community", COMMUNITY)
    # When the worker reports what was found
    event = worker.has_entered("grid-events", **FOUND)
    # Then it stands in their grid, and waits for the community
    assert (event.area_id, event.state) == (GRID, "reported")
    assert "待受理的网格事件" in clerk.sees("/desk/")
    # When the clerk accepts it and closes it with what was done
    clerk.has_taken(event, "accept")
    clerk.has_taken(event, "close", result="已清理")
    # Then the record says who did what, and the figure counts it
    page = worker.sees(f"/desk/grid-events/{event.pk}/")
    assert "已清理" in page
    assert clerk.user.name in page
    closed = client.get("/figures/closed_grid_events/", {"area": COMMUNITY}).context["card"]
    assert closed.computed.value == 1


def test_what_the_community_cannot_do_goes_to_the_street_and_back():
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    event = clerk.has_entered("grid-events", area=GRID, **FOUND)
    clerk.has_taken(event, "accept")
    # Without a reason the step is not taken, and the page says why
    refused = clerk.takes(event, "escalate")
    assert "note" in refused.context["form"].errors
    clerk.has_taken(event, "escalate", note="需要执法部门")
    assert clerk.offered(event) == {"close", "amend"}
    assert "上报街道待处理的网格事件" in street.sees("/desk/")
    street.has_taken(event, "send_back", note="已协调")
    clerk.has_taken(event, "close", result="已整改")
    # Only the street has it done again
    assert clerk.takes(event, "reopen", note="没改好").status_code == 403
    street.has_taken(event, "reopen", note="居民反映又堆上了")
    assert event.closed_on is None


def test_the_next_report_starts_from_the_last_one():
    worker = Somebody("grid_worker", GRID)
    worker.has_entered("grid-events", **FOUND)
    form = worker.client.get("/desk/grid-events/new/").context["form"]
    assert form["kind"].value() == "safety"
    assert form["area"].value() == GRID
    assert not form["title"].value()


def test_the_deadline_counts_working_days():
    SpecialDay.objects.create(date="2022-06-03", name="端午节")
    friday_off = GridEventFactory(reported_on=datetime.date(2022, 6, 1), due_on=None)
    assert friday_off.due_on == datetime.date(2022, 6, 9)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"due_on": datetime.date(2022, 5, 31)}, "办结期限不能早于上报日期。"),
        ({"state": "closed"}, "办结须有办结日期和处置结果。"),
        ({"area_id": STREET}, "网格事件属于社区或网格：请选择社区或网格。"),
        ({"state": "lost"}, "没有这一状态。"),
    ],
)
def test_rules(broken, message):
    assert_rule(GridEventFactory, broken, message)


def test_a_stranger_neither_sees_nor_handles_it():
    event = GridEventFactory()
    stranger = Somebody("community", "620902004005")
    assert stranger.client.get(f"/desk/grid-events/{event.pk}/").status_code == 404
    assert stranger.client.post(f"/desk/grid-events/{event.pk}/accept/").status_code == 404
    assert GridEvent.objects.get().state == "reported"
