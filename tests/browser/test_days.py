"""Four whole days in a browser: with the mouse, by keys alone, without a script; none costs more unnoticed."""

from contextlib import nullcontext

import pytest

from tests.browser.conftest import PORTAL_AT
from tests.browser.counting import Cost
from tests.browser.days import DAYS
from tests.browser.serving import served
from tests.browser.test_tasks import told
from tests.browser.walkers import WAYS

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
COSTS = {
    "社区工作人员的一天": Cost(38, 15, 32),
    "网格员的一天": Cost(25, 10, 18),
    "社会组织和志愿队伍的一天": Cost(27, 20, 27),
    "区级领导的一天": Cost(19, 3, 16),
}
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ON_A_PHONE = "网格员的一天"


@pytest.fixture
def fresh():
    """A portal on which nobody has done anything today."""
    with nullcontext(PORTAL_AT) if PORTAL_AT else served() as address:
        yield address


@pytest.fixture
def walking(fresh, chromium):
    """Begins a day in one of the ways, in a browser of its own that keeps what it complains about."""
    contexts = []

    def begun(day, way):
        kind = WAYS[way]
        screen = PHONE if day == ON_A_PHONE else DESK
        context = chromium.new_context(**screen, locale="zh-CN", java_script_enabled=kind.script)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return kind(page, fresh)

    yield begun
    for context in contexts:
        context.close()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("way", WAYS)
def test_a_day(walking, day, way):
    person = walking(day, way)
    DAYS[day](person)
    assert person.page.complaints == []
    if way == "mouse":
        assert str(person.cost) == str(COSTS[day])


def test_the_page_about_it_says_the_same():
    assert told(2, COSTS) == {name: str(cost) for name, cost in COSTS.items()}
