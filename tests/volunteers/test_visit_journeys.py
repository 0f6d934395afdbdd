"""M22 平时敲门响铃: a knock noted on a phone, and a need carried until the resident is content."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from suzhou_portal.figures import door
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.months import months_before
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.linkage import ServiceRequestFactory, served
from tests.factories.volunteering import CheckInFactory, DoorVisitFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody
from tests.rules import again, assert_refused, assert_rule
from volunteers.models import DoorVisit
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


def test_a_need_found_at_a_door_is_a_request_that_waits_for_the_community(clerk):
    # Given a grid worker with a phone, who knocks and finds a need
    worker = Somebody("grid_worker", GRID)
    visit = worker.has_entered("door-visits", **KNOCKED, **NEEDED)
    # Then the need is a request, of the same grid, and waits for the community
    need = ServiceRequest.objects.get()
    assert (need.visit, need.area_id, need.content) == (visit, GRID, NEEDED["need"])
    assert (need.channel, need.name, need.phone) == ("visit", "周海龙", PHONE)
    assert "待审核的服务请求" in clerk.sees("/desk/")
    # and nobody but who helps reads name or number in full
    above = Somebody("street", STREET)
    for page in (f"/desk/door-visits/{visit.pk}/", f"/desk/requests/{need.pk}/"):
        assert PHONE in clerk.sees(page)
        shown = above.sees(page)
        assert "周海龙" not in shown
        assert PHONE not in shown
        assert "138****5678" in shown


def test_the_resident_has_the_last_word_on_what_was_found(client, clerk):
    # Given a need found at a door, which is sent to a team
    Somebody("grid_worker", GRID).has_entered("door-visits", **KNOCKED, **NEEDED)
    need, team = ServiceRequest.objects.get(), VolunteerTeamFactory()
    member = Somebody("team", COMMUNITY, {"team": team})
    clerk.has_taken(need, "admit")
    clerk.has_taken(need, "dispatch", team=team)
    member.has_taken(need, "accept")
    member.has_taken(need, "finish", result="每天送餐")
    # Then that is a claim: the team can't close it, and the resident may say no
    assert member.takes(need, "rate").status_code == 403
    clerk.has_taken(need, "object", rating=2, comment="只送了一次")
    clerk.has_taken(need, "redo", follow_up="属实，重新安排")
    assert (need.done_on, need.team, need.rated) == (None, None, "不满意")
    clerk.has_taken(need, "dispatch", handler="助餐点")
    clerk.has_taken(need, "accept")
    clerk.has_taken(need, "finish", result="固定专人送餐")
    # Nobody confirms what they did themselves
    assert "由他人办理：“完成”是您办理的" in clerk.sees(f"/desk/requests/{need.pk}/")
    assert clerk.takes(need, "rate").status_code == 403
    Somebody("community", COMMUNITY).takes(need, "rate", rating=5)
    need.refresh_from_db()
    assert need.state == "closed"
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


def test_a_need_noted_later_becomes_one_request_only(clerk):
    visit = clerk.has_entered("door-visits", **KNOCKED)
    assert not ServiceRequest.objects.exists()
    assert "需求和需求类别须一起填写。" in clerk.corrects(visit, need="修水管").text
    clerk.corrects(visit, **NEEDED)
    clerk.corrects(visit, situation="又去了一次")
    assert ServiceRequest.objects.count() == 1


def test_personal_data_is_blanked_past_its_term(settings):
    past = months_before(timezone.localdate(), settings.PERSONAL_DATA_MONTHS) - ONE
    visit = DoorVisitFactory(visited_on=past, resident_name="周海龙", phone=PHONE)
    open_need = ServiceRequestFactory(asked_on=past, name="周海龙", phone=PHONE)
    closed = served(past, state="closed", closed_on=past, phone=PHONE)
    came = CheckInFactory(phone=PHONE)
    take(came.muster, "begin", on=past)
    take(came.muster, "stand_down", on=past, summary="好")
    call_command("anonymise", stdout=io.StringIO())
    for record in (visit, open_need, closed, came):
        record.refresh_from_db()
    assert (visit.resident_name, visit.phone, closed.phone, came.name, came.phone) == ("",) * 5
    assert open_need.phone == PHONE


VISIT = DoorVisitFactory


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (VISIT, {"area_id": STREET}, "走访属于社区或网格：请选择社区或网格。"),
        (VISIT, {"need": "修水管"}, "需求和需求类别须一起填写。"),
        (VISIT, {"need_kind": "repair"}, "需求和需求类别须一起填写。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    AreaFactory(code=STREET)
    assert_rule(factory, broken, message)


def test_the_database_itself_notes_a_door_once_a_day():
    assert_refused(again(DoorVisitFactory()), VISITED)


def test_strangers_see_and_do_nothing():
    visit, need = DoorVisitFactory(), ServiceRequestFactory()
    stranger = Somebody("community", "620902004005")
    other = Somebody("team", COMMUNITY, {"team": VolunteerTeamFactory()})
    for somebody in (stranger, other):
        assert somebody.client.get(f"/desk/door-visits/{visit.pk}/").status_code == 404
        assert somebody.client.get(f"/desk/requests/{need.pk}/").status_code == 404
        assert somebody.client.post(f"/desk/requests/{need.pk}/admit/").status_code == 404
    assert Somebody("auditor", DISTRICT).client.get("/desk/door-visits/").status_code == 403
    need.refresh_from_db()
    assert need.state == "submitted"
