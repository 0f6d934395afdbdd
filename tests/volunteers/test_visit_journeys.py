"""M22 平时敲门响铃: a knock noted on a phone, and a need carried until the resident is content."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from suzhou_portal.figures import door
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.months import months_before
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.volunteering import CheckInFactory, DoorVisitFactory, ResidentNeedFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody
from tests.rules import again, assert_refused, assert_rule
from volunteers.models import DoorVisit, ResidentNeed
from volunteers.models.visits import VISITED

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
PHONE = "13812345678"
KNOCKED = {"address": "2号楼3单元501", "resident_name": "周海龙", "phone": PHONE}
NEEDED = {"need_kind": "elderly", "need": "需要有人送午饭"}


@pytest.fixture
def clerk(db):
    """The clerk of the community."""
    return Somebody("community", COMMUNITY)


def test_a_need_found_at_a_door_is_handled_and_closed_when_the_resident_is_content(client, clerk):
    # Given a grid worker with a phone, who knocks and finds a need
    worker = Somebody("grid_worker", GRID)
    visit = worker.has_entered("door-visits", **KNOCKED, **NEEDED)
    # Then the need is a record of its own, of the same grid, and waits for the community
    need = ResidentNeed.objects.get()
    assert (need.visit, need.area_id, need.content) == (visit, GRID, NEEDED["need"])
    assert "待接办的居民需求" in clerk.sees("/desk/")
    # and nobody but who helps reads name or number in full
    above = Somebody("street", STREET)
    for page in (f"/desk/door-visits/{visit.pk}/", f"/desk/resident-needs/{need.pk}/"):
        assert PHONE in clerk.sees(page)
        shown = above.sees(page)
        assert "周海龙" not in shown
        assert PHONE not in shown
        assert "138****5678" in shown
    # When it is taken on by a team, which says what it did
    team = VolunteerTeamFactory()
    member = Somebody("team", COMMUNITY, {"team": team})
    assert "handler" in clerk.takes(need, "take_on").context["form"].errors
    clerk.has_taken(need, "take_on", handler="助餐点", team=team)
    member.has_taken(need, "handle", result="每天送餐")
    # Then that is a claim: the team can't close it, and the resident may say no
    assert member.takes(need, "close").status_code == 403
    assert "note" in clerk.takes(need, "redo").context["form"].errors
    clerk.has_taken(need, "redo", note="只送了一次")
    assert need.handled_on is None
    clerk.has_taken(need, "handle", result="固定专人送餐")
    # Nobody confirms what they did themselves
    assert "由他人办理：“办好”是您办理的" in clerk.sees(f"/desk/resident-needs/{need.pk}/")
    assert clerk.takes(need, "close").status_code == 403
    Somebody("community", COMMUNITY).has_taken(need, "close")
    # And the figures show kind and place, nothing else
    rows = client.get(f"/figures/resident_needs/?area={COMMUNITY}").text
    for private in ("周", "501", "午饭", PHONE):
        assert private not in rows.split("计入的记录")[-1]
    assert door.value("resident_need_handling", COMMUNITY, timezone.localdate()).value == 1


def test_the_next_door_starts_from_the_last_one_and_no_door_is_noted_twice(clerk):
    AreaFactory(code=GRID)
    team = VolunteerTeamFactory()
    member = Somebody("team", COMMUNITY, {"team": team})
    form = member.client.get("/desk/door-visits/new/").context["form"]
    assert form["team"].value() == team.pk
    visit = member.has_entered("door-visits", area=GRID, address="2号楼3单元501")
    assert visit.team == team
    form = member.client.get("/desk/door-visits/new/").context["form"]
    assert form["area"].value() == GRID
    assert not form["address"].value()
    twice = member.enters("door-visits", area=GRID, address="2号楼3单元501")
    assert VISITED in twice.text
    # A visit in the name of another team is refused
    other = member.enters("door-visits", address="2号楼3单元502", team="")
    assert "不属于您" in other.text
    assert DoorVisit.objects.count() == 1


def test_a_need_noted_later_becomes_one_record_only(clerk):
    visit = clerk.has_entered("door-visits", **KNOCKED)
    assert not ResidentNeed.objects.exists()
    assert "需求和需求类别须一起填写。" in clerk.corrects(visit, need="修水管").text
    clerk.corrects(visit, **NEEDED)
    clerk.corrects(visit, situation="又去了一次")
    assert ResidentNeed.objects.count() == 1


def test_a_need_of_another_place_is_declined_with_a_reason_and_not_counted(clerk):
    need = clerk.has_entered("resident-needs", kind="repair", content="修水管", address="3号楼")
    clerk.has_taken(need, "decline", note="已搬离本社区")
    assert door.value("resident_needs", COMMUNITY, timezone.localdate()).value == 0


def test_personal_data_is_blanked_past_its_term(settings):
    past = months_before(timezone.localdate(), settings.PERSONAL_DATA_MONTHS) - ONE
    visit = DoorVisitFactory(visited_on=past, resident_name="周海龙", phone=PHONE)
    open_need = ResidentNeedFactory(found_on=past, resident_name="周海龙", phone=PHONE)
    closed = ResidentNeedFactory(
        state="closed", found_on=past, handled_on=past, closed_on=past, result="好", phone=PHONE
    )
    came = CheckInFactory(phone=PHONE)
    take(came.muster, "begin", on=past)
    take(came.muster, "stand_down", on=past, summary="好")
    call_command("anonymise", stdout=io.StringIO())
    for record in (visit, open_need, closed, came):
        record.refresh_from_db()
    assert (visit.resident_name, visit.phone, closed.phone, came.name, came.phone) == ("",) * 5
    assert open_need.phone == PHONE


VISIT, NEED = DoorVisitFactory, ResidentNeedFactory


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (VISIT, {"area_id": STREET}, "走访属于社区或网格：请选择社区或网格。"),
        (VISIT, {"need": "修水管"}, "需求和需求类别须一起填写。"),
        (VISIT, {"need_kind": "repair"}, "需求和需求类别须一起填写。"),
        (NEED, {"area_id": STREET}, "居民需求属于社区或网格：请选择社区或网格。"),
        (NEED, {"state": "lost"}, "没有这一状态。"),
        (NEED, {"state": "handled"}, "办好、办结须有日期和办理结果。"),
        (NEED, {"state": "handled", "handled_on": DAY - ONE, "result": "好"},
         "办好日期不能早于发现日期。"),
        (NEED, {"state": "closed", "handled_on": DAY, "closed_on": DAY - ONE, "result": "好"},
         "办结日期不能早于办好日期。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    AreaFactory(code=STREET)
    assert_rule(factory, broken, message)


def test_the_database_itself_notes_a_door_once_a_day():
    assert_refused(again(DoorVisitFactory()), VISITED)


def test_strangers_see_and_do_nothing():
    visit, need = DoorVisitFactory(), ResidentNeedFactory()
    stranger = Somebody("community", "620902004005")
    other = Somebody("team", COMMUNITY, {"team": VolunteerTeamFactory()})
    for somebody in (stranger, other):
        assert somebody.client.get(f"/desk/door-visits/{visit.pk}/").status_code == 404
        assert somebody.client.get(f"/desk/resident-needs/{need.pk}/").status_code == 404
        assert somebody.client.post(f"/desk/resident-needs/{need.pk}/take_on/").status_code == 404
    assert Somebody("auditor", DISTRICT).client.get("/desk/door-visits/").status_code == 403
    need.refresh_from_db()
    assert need.state == "found"
