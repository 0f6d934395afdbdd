"""M22: whom a grid visits, as agreed; who is due; several visits on a day."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.factories.areas import COMMUNITY, GRID, STREET, AreaFactory
from tests.factories.volunteering import DoorVisitFactory, VisitTargetFactory
from tests.journeys import Somebody
from tests.rules import again, assert_refused, assert_rule
from volunteers.models import DoorVisit, VisitTarget
from volunteers.models.visits import VISITED

pytestmark = pytest.mark.django_db

ONE = datetime.timedelta(days=1)
AGREED = {
    "address": "2号楼3单元501",
    "reason": "alone",
    "agreed": "每周三上午敲门",
    "every_days": 7,
}


@pytest.fixture
def worker(db):
    """Of a grid, with another grid beside it."""
    AreaFactory(code=f"{COMMUNITY}002")
    return Somebody("grid_worker", GRID)


def test_a_grid_worker_sees_whom_to_visit_and_what_was_agreed(worker):
    target = worker.has_entered(
        "visit-targets", **AGREED, resident_name="赵大娘", phone="13812345678"
    )
    other = VisitTargetFactory(area=AreaFactory(code=f"{COMMUNITY}002"))
    assert "到期待走访的住户" in worker.sees("/desk/")
    page = worker.sees("/desk/visit-targets/?todo=to_visit")
    assert "每周三上午敲门" in page
    assert other.address not in page
    # The number is there for who knocks, and masked above
    assert "13812345678" in worker.sees(f"/desk/visit-targets/{target.pk}/")
    assert "13812345678" not in Somebody("street", STREET).sees(f"/desk/visit-targets/{target.pk}/")
    # A knock that nobody answers leaves it due; with somebody met it is not, for a week
    worker.has_entered("door-visits", target=target, outcome="absent", visited_at="09:00")
    assert target in VisitTarget.objects.due(timezone.localdate())
    visit = worker.has_entered("door-visits", target=target, visited_at="16:30")
    assert visit.address == AGREED["address"]
    today = timezone.localdate()
    assert target not in VisitTarget.objects.due(today)
    assert target not in VisitTarget.objects.due(today + 6 * ONE)
    assert target in VisitTarget.objects.due(today + 7 * ONE)
    assert "到期待走访的住户" not in worker.sees("/desk/")


def test_whoever_is_visited_no_more_is_not_due(worker):
    target = VisitTargetFactory(area=AreaFactory(code=GRID))
    today = timezone.localdate()
    worker.corrects(target, ended_on=today - ONE)
    assert not VisitTarget.objects.due(today).exists()


def test_several_visits_a_day_say_their_time(worker):
    knock = {"address": "3号楼1单元101", "situation": "身体好"}
    worker.has_entered("door-visits", **knock)
    assert VISITED in worker.enters("door-visits", **knock).text
    worker.has_entered("door-visits", **knock, visited_at="10:00")
    assert VISITED in worker.enters("door-visits", **knock, visited_at="10:00").text
    worker.has_entered("door-visits", **knock, visited_at="20:00")
    assert DoorVisit.objects.count() == 3


def test_a_visit_is_at_some_door_and_at_that_of_its_target(worker):
    assert "请填写门牌，或选择走访对象。" in worker.enters("door-visits", address="").text
    target = VisitTargetFactory(area=AreaFactory(code=GRID))
    visit = DoorVisit(area=AreaFactory(code=f"{COMMUNITY}002"), target=target)
    with pytest.raises(ValidationError, match="请选择那里"):
        visit.full_clean()


def test_who_may_not(worker):
    target = VisitTargetFactory(area=AreaFactory(code=f"{COMMUNITY}002"))
    assert worker.client.get(f"/desk/visit-targets/{target.pk}/edit/").status_code == 404
    assert worker.enters("door-visits", target=target, address="x").context["form"].errors["target"]


def test_one_household_is_a_target_once():
    assert_refused(again(VisitTargetFactory()), "这一户已经是走访对象。")
    again(VisitTargetFactory(ended_on="2023-01-01")).save()


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"ended_on": datetime.date(2022, 5, 31)}, "结束日期不能早于开始日期。"),
        ({"every_days": 0}, "走访间隔为1至365天。"),
        ({"area_id": STREET}, "走访对象属于社区或网格：请选择社区或网格。"),
    ],
)
def test_rules(broken, message):
    AreaFactory(code=STREET)
    assert_rule(VisitTargetFactory, broken, message)


def test_no_two_visits_at_one_time():
    visit = DoorVisitFactory(visited_at=datetime.time(9))
    assert_refused(again(visit), VISITED)
