"""M2: what is found in a grid is reported, dispatched, handled, checked by another person, and closed."""

import datetime

import pytest
from django.utils import timezone

from communities.models import GridEvent
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.lifecycle.moves import write_down
from tests.accounts.world import acting
from tests.factories.areas import COMMUNITY, GRID, STREET, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.journeys import Somebody
from tests.rules import assert_database_refuses, assert_rule

pytestmark = pytest.mark.django_db

FOUND = {"kind": "safety", "title": "楼道堆物", "place": "2号楼"}


@pytest.fixture(autouse=True)
def grid(db):
    """The grid in which things happen."""
    return AreaFactory(code=GRID)


def test_an_event_is_dispatched_handled_checked_by_another_and_closed(client):
    # Given a grid worker in the street and two clerks of the community
    worker, clerk, colleague = (
        Somebody("grid_worker", GRID), Somebody("community", COMMUNITY), Somebody("community", COMMUNITY),
    )  # fmt: skip
    # When the worker reports what was found, it stands in their grid and waits to be dispatched
    event = worker.has_entered("grid-events", **FOUND)
    assert (event.area_id, event.state) == (GRID, "reported")
    assert "待派单的网格事件" in clerk.sees("/desk/")
    assert worker.takes(event, "dispatch", handler=worker.user).status_code == 403
    # And the clerk gives it to somebody, who finds it on their desk
    assert "请选择处置人" in clerk.takes(event, "dispatch").text
    clerk.has_taken(event, "dispatch", handler=clerk.user)
    assert "派给您处置的网格事件" in clerk.sees("/desk/")
    assert "派给您处置的网格事件" not in worker.sees("/desk/")
    assert "由处置人办理" in worker.takes(event, "finish", result="已清理").text
    clerk.has_taken(event, "finish", result="已清理")
    # Then another person checks it: handled is not closed
    assert "待核查的网格事件" not in clerk.sees("/desk/")
    assert "待核查的网格事件" in colleague.sees("/desk/")
    assert clerk.takes(event, "check").status_code == 403
    assert "由他人办理" in clerk.sees(f"/desk/grid-events/{event.pk}/")
    assert _closed(client) == 0
    # Sent back, it is the handler's again; passed, it is closed, and the figure counts it
    assert "note" in colleague.takes(event, "rework").context["form"].errors
    colleague.has_taken(event, "rework", note="还有遗留")
    assert event.handled_on is None
    clerk.has_taken(event, "finish", result="已全部清理")
    colleague.has_taken(event, "check")
    page = worker.sees(f"/desk/grid-events/{event.pk}/")
    assert "已全部清理" in page
    assert clerk.user.name in page
    assert _closed(client) == 1


def _closed(client):
    card = client.get("/figures/closed_grid_events/", {"area": COMMUNITY}).context["card"]
    return card.computed.value


def test_what_is_handled_on_the_spot_is_still_checked():
    worker, clerk = Somebody("grid_worker", GRID), Somebody("community", COMMUNITY)
    event = worker.has_entered("grid-events", **FOUND)
    worker.has_taken(event, "finish", result="当场清理")
    assert event.handler == worker.user
    assert worker.takes(event, "check").status_code == 403
    # Nor does who reported and handled it as a clerk
    own = clerk.has_entered("grid-events", area=GRID, **FOUND)
    clerk.has_taken(own, "finish", result="当场清理")
    assert clerk.takes(own, "check").status_code == 403
    clerk.has_taken(event, "check")
    # The database holds it too, whoever writes
    with acting(clerk.user):
        assert_database_refuses(lambda: _closed_past_the_pages(own, clerk.user))


def _closed_past_the_pages(event, by):
    write_down(event, "handled", by, verb="check", label="核查通过", taken_on=timezone.localdate())
    GridEvent.objects.filter(pk=event.pk).update(state="closed", closed_on=timezone.localdate())


def test_it_is_dispatched_to_those_who_can_handle_it_there():
    clerk, worker = Somebody("community", COMMUNITY), Somebody("grid_worker", GRID)
    elsewhere = Somebody("grid_worker", "620902004005001")
    beside = Somebody("grid_worker", f"{GRID[:-1]}2")
    auditor = Somebody("auditor", "620902")
    event = clerk.has_entered("grid-events", area=GRID, **FOUND)
    page = clerk.client.get(f"/desk/grid-events/{event.pk}/dispatch/").context["form"]
    assert {*page.fields["handler"].queryset} == {clerk.user, worker.user, beside.user}
    for stranger in (elsewhere, auditor):
        refused = clerk.takes(event, "dispatch", handler=stranger.user)
        assert "handler" in refused.context["form"].errors
    assert f"不能办理{event.area}" in clerk.takes(event, "dispatch", handler=beside.user).text
    clerk.has_taken(event, "dispatch", handler=worker.user)
    # And to another one, where the first can't
    clerk.has_taken(event, "dispatch", handler=clerk.user)
    assert event.handler == clerk.user


def test_what_the_community_cannot_do_goes_to_the_street_and_back():
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    event = clerk.has_entered("grid-events", area=GRID, **FOUND)
    clerk.has_taken(event, "dispatch", handler=clerk.user)
    # Without a reason the step is not taken, and the page says why
    refused = clerk.takes(event, "escalate")
    assert "note" in refused.context["form"].errors
    clerk.has_taken(event, "escalate", note="需要执法部门")
    assert clerk.offered(event) == {"finish", "amend"}
    assert "上报街道待处理的网格事件" in street.sees("/desk/")
    street.has_taken(event, "send_back", note="已协调")
    assert event.handler == clerk.user
    clerk.has_taken(event, "finish", result="已整改")
    street.has_taken(event, "check")
    # Only the street has it done again
    assert clerk.takes(event, "reopen", note="没改好").status_code == 403
    street.has_taken(event, "reopen", note="居民反映又堆上了")
    assert (event.closed_on, event.handled_on) == (None, None)


def test_what_was_in_hand_before_events_had_a_handler_is_dispatched():
    clerk = Somebody("community", COMMUNITY)
    event = GridEventFactory(state="in_hand", area_id=GRID)
    assert "待派单的网格事件" in clerk.sees("/desk/")
    assert "还没有派单" in clerk.takes(event, "finish", result="已清理").text
    clerk.has_taken(event, "dispatch", handler=clerk.user)
    assert "待派单的网格事件" not in clerk.sees("/desk/")


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
        ({"state": "handled"}, "处置完成须有日期和处置结果。"),
        ({"handled_on": datetime.date(2022, 6, 1)}, "处置完成须有日期和处置结果。"),
        (
            {"state": "handled", "result": "好", "handled_on": datetime.date(2022, 5, 31)},
            "处置完成日期不能早于上报日期。",
        ),
        (
            {
                "state": "closed",
                "result": "好",
                "handled_on": datetime.date(2022, 6, 3),
                "closed_on": datetime.date(2022, 6, 2),
            },
            "办结日期不能早于处置完成日期。",
        ),
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
    assert stranger.client.post(f"/desk/grid-events/{event.pk}/finish/").status_code == 404
    assert GridEvent.objects.get().state == "reported"
