"""联动 for who leads: numbers that agree with the figures, where requests stop, and who is late."""

import datetime

import pytest

from suzhou_portal.figures import door
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.trends import added, series
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lifecycle.undoing import undo
from suzhou_portal.linkage.flow import TOO_FEW
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.linkage import ServiceRequestFactory, late_in, served
from tests.factories.organizations import SocialOrganizationFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
MONDAY = datetime.date(2022, 6, 6)
ONE = datetime.timedelta(days=1)
YEAR, QUARTER = "/linkage/?period=2022", "/linkage/?period=2022-Q3"


def shown(client, page=YEAR):
    return client.get(page).context


def numbers(bars):
    """What bars say, by label."""
    return {bar.label: int(bar.text.split("件")[0]) for bar in bars}


def stops(client, page=YEAR):
    return {stop.label: stop for stop in shown(client, page)["stops"]}


def asked(days, **fields):
    """A request that waited so many days until somebody looked at it, and is to be dispatched."""
    made = ServiceRequestFactory(asked_on=MONDAY, **fields)
    return take(made, "admit", on=MONDAY + days * ONE)


def test_the_way_of_requests_adds_up_to_the_figures(client):
    organization = SocialOrganizationFactory()
    rated = {"state": "closed", "rated_on": MONDAY, "closed_on": MONDAY}
    served(MONDAY, **rated, rating=5, channel="grid", handler="", organization=organization)
    served(MONDAY, **rated, rating=3, channel="walk_in")
    served(MONDAY, state="follow_up", rated_on=MONDAY, not_done=True, rating=5)
    served(MONDAY, state="closed", closed_on=MONDAY, promised_on=MONDAY)
    ServiceRequestFactory(state="dispatched")
    ServiceRequestFactory(state="rejected", closed_on=MONDAY)
    page = shown(client)
    assert numbers(page["channels"])["网格事件"] == numbers(page["channels"])["窗口"] == 1
    assert numbers(page["providers"]) == {
        "社区自办": 4, "社会组织": 1, "志愿队伍": 0, "还没有派": 0,
    }  # fmt: skip
    assert list(numbers(page["reached"]).values()) == [5, 5, 4, 4, 3, 1]
    cards = {card.figure.key: card.computed.value for card in page["cards"]}
    assert cards["requests_received"] == 5
    assert (
        cards["requests_satisfaction"] == door.value("requests_content", DISTRICT, MONDAY).value / 3
    )
    # silence is no contentment, and is told beside it
    assert cards["requests_response_ratio"] == pytest.approx(0.75)


@pytest.mark.parametrize("area", [DISTRICT, STREET, COMMUNITY])
@pytest.mark.parametrize("period", ["", "2022", "2023-Q1"])
def test_the_demonstration_agrees_with_its_figures(demonstration, client, area, period):
    page = shown(client, f"/linkage/?area={area}&period={period}")
    scope = page["scope"]
    cards = {card.figure.key: card.computed.value for card in page["cards"]}
    whole = cards["requests_received"]
    for bars in ("channels", "providers"):
        assert sum(numbers(page[bars]).values()) == whole
    assert numbers(page["reached"])["提出"] == whole
    for key, value in cards.items():
        figure = figures.get(key).since(scope.since)
        assert (
            door.opened([figure], area, scope.as_of, since=scope.since).value(figure).value == value
        )
    if page["places"]:
        assert sum(place.received for place in page["places"]) == whole
        assert sum(place.late for place in page["places"]) == page["late"]
        assert sum(place.unmet for place in page["places"]) == sum(numbers(page["unmet"]).values())
    assert page["late"] == late_in(area, scope.clock)


def test_a_median_takes_five_and_counts_days_of_the_calendar(client):
    for days in (1, 2, 4, 9):
        asked(days)
    assert stops(client)["待审核"].waited == TOO_FEW
    assert str(TOO_FEW) in client.get(YEAR).text
    asked(30)
    assert (stops(client)["待审核"].days, stops(client)["待审核"].of) == (4, 5)
    assert stops(client)["待派单"].now == 5
    # of those asked for in another period nothing is told here, but where they are now
    other = stops(client, QUARTER)["待派单"]
    assert (other.now, other.waited) == (5, "—")


def test_a_correction_ends_no_stay_and_what_was_taken_back_began_none(client):
    clerk = Somebody("community", COMMUNITY)
    for _ in range(5):
        one = asked(2)
        take(one, "amend", on=MONDAY + 3 * ONE, note="搬了家", address="3号楼")
        take(one, "dispatch", on=MONDAY + 6 * ONE, handler="社区专干")
    assert stops(client)["待派单"].days == 4
    late = take(ServiceRequestFactory(asked_on=MONDAY), "reject", by=clerk.user, note="不在范围内")
    undo(late, by=clerk.user)
    assert stops(client)["待审核"].now == 1


def test_who_is_late_is_seen_on_the_overview_and_waiting_residents_are_not(client):
    AreaFactory(code=COMMUNITY)
    AreaFactory(code="620902005")
    assert "超期" not in client.get("/dashboard/").text
    ServiceRequestFactory(asked_on=MONDAY)
    served(MONDAY, due_on=MONDAY + ONE)
    ServiceRequestFactory(state="unmet", unmet_on=MONDAY)
    assert late_in(DISTRICT, MONDAY + 30 * ONE) == 1
    page = client.get("/dashboard/").text
    assert "超期1件" in page
    assert f"/linkage/?area={DISTRICT}" in page
    assert "超期" not in client.get("/dashboard/", {"area": "620902005"}).text
    assert (stops(client)["待审核"].late, stops(client)["待评价"].late) == (1, 0)


def test_it_tells_of_no_resident(client):
    ServiceRequestFactory(
        name="赵大娘", phone="13812345678", content="学费还差三千元", address="2号楼"
    )
    text = client.get(YEAR).text
    for kept in ("赵", "1381", "三千元", "2号楼"):
        assert kept not in text


def test_with_nothing_asked_for_it_says_so(client):
    AreaFactory(code=DISTRICT)
    assert shown(client)["finding"] == "2022年没有提出服务请求。"
    assert client.post("/linkage/").status_code == 405


@pytest.mark.parametrize("key", ["requests_received", "requests_served", "requests_rated"])
def test_quarters_of_a_flow_add_up_to_its_year(key):
    made = {"state": "rated", "rating": 4, "asked_on": "2022-03-20"}
    for day in ("2022-03-31", "2022-04-01", "2022-12-31", "2023-01-01"):
        served(datetime.date.fromisoformat(day), rated_on=day, **made | {"asked_on": day})
    clock = datetime.date(2023, 4, 30)
    quarters = list(Period.parse("2022-Q4").back(4))
    parts = [one.amount for one in series(key, DISTRICT, quarters, clock)]
    [year] = series(key, DISTRICT, [Period.parse("2022")], clock)
    assert added(parts, figures.get(key)) == year.value == 3


def test_old_ones_without_a_term_or_a_question_spoil_no_ratio():
    """Needs of before this portal asked residents came without a promised day."""
    served(MONDAY, state="closed", closed_on=MONDAY)
    served(MONDAY, promised_on=MONDAY, state="closed", rated_on=MONDAY, rating=4, closed_on=MONDAY)
    for key in ("requests_on_time_ratio", "requests_response_ratio"):
        assert door.value(key, DISTRICT, MONDAY).value == 1
