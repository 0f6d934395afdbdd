"""Who reads what of a resident, who speaks for one, and what is left of it."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from suzhou_portal.files.models import Attachment, attach
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.workflow.requests import claim
from suzhou_portal.months import months_before
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY
from tests.factories.linkage import RequestRulesFactory, ServiceRequestFactory, served
from tests.factories.organizations import ServiceItemFactory
from tests.factories.service import ActivityFactory, ServiceFactory, VolunteerFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.files.pictures import photo
from tests.journeys import Somebody
from tests.linkage.conftest import PHONE
from volunteers.models import Activity, Service

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)
DOOR = "2号楼3单元501"


def a_member(team):
    return Somebody("team", team.area_id, {"team": team})


def opens(somebody, file):
    answer = somebody.client.get(file)
    return answer.status_code == 200 and bool(answer.getvalue())


def test_address_and_photos_are_for_who_serves_while_it_is_active():
    team = VolunteerTeamFactory()
    helper = a_member(team)
    asked = ServiceRequestFactory(state="dispatched", team=team, address=DOOR)
    attach(asked, photo())
    page, file = f"/desk/requests/{asked.pk}/", Attachment.objects.get().get_absolute_url()
    for verb, reads in (("", False), ("accept", True), ("finish", False)):
        if verb:
            helper.has_taken(asked, verb, **({"result": "好"} if verb == "finish" else {}))
        assert (DOOR in helper.sees(page)) is reads
        assert opens(helper, file) is reads
    assert opens(Somebody("community", COMMUNITY), file)


def test_what_is_personal_is_gone_after_its_term(settings):
    past = months_before(timezone.localdate(), settings.PERSONAL_DATA_MONTHS) - ONE
    told = {"channel": "online", "agreed": True, "name": "赵大娘", "phone": PHONE, "address": DOOR}
    asked = served(past, state="closed", closed_on=past, **told)
    call_command("anonymise", stdout=io.StringIO())
    asked.refresh_from_db()
    assert (asked.name, asked.phone, asked.address) == ("", "", "")
    assert asked.code


def test_what_a_team_wrote_of_a_resident_stands_in_no_public_activity(evening):
    team = VolunteerTeamFactory()
    asked = ServiceRequestFactory(state="in_service", team=team)
    hours = {"began": datetime.time(9), "ended": datetime.time(10)}
    take(
        asked, "finish", result="给王奶奶修水管", volunteers=[VolunteerFactory(team=team)], **hours
    )
    assert "王奶奶" not in str(vars(Activity.objects.get()))


def test_hours_are_doubted_where_the_resident_says_it_was_not_done(evening):
    team = VolunteerTeamFactory()
    one, other = VolunteerFactory(team=team), VolunteerFactory(team=team)
    asked = ServiceRequestFactory(state="in_service", team=team)
    hours = {"began": datetime.time(9), "ended": datetime.time(10)}
    take(asked, "finish", result="好", volunteers=[one, other], **hours)
    take(Service.objects.get(volunteer=one), "confirm")
    namesake = ServiceFactory(
        state="to_confirm",
        began=datetime.time(9),
        ended=datetime.time(10),
        activity=ActivityFactory(team=team, title=Activity.objects.get().title),
    )
    asked.refresh_from_db()
    take(asked, "object", not_done=True)
    asked.refresh_from_db()
    asked = take(asked, "redo", follow_up="属实")
    assert Service.objects.get(volunteer=one).state == "disputed"
    assert Service.objects.get(volunteer=other).state == "void"
    namesake.refresh_from_db()
    assert namesake.state == "to_confirm"
    # What the resident said counts until they say something else.
    assert (asked.not_done, asked.rated) == (True, "没有办")
    for verb, given in (
        ("dispatch", {"team": team}), ("accept", {}), ("finish", {"result": "好"}), ("rate", {"rating": 5}),
    ):  # fmt: skip
        asked.refresh_from_db()
        take(asked, verb, **given)
    asked.refresh_from_db()
    assert (asked.not_done, asked.rated) == (False, "很满意")


def test_what_went_to_the_street_is_claimed_by_nobody():
    RequestRulesFactory(claims=True)
    team = VolunteerTeamFactory()
    asked = ServiceRequestFactory(state="escalated")
    with pytest.raises(PermissionDenied):
        claim(asked, by=a_member(team).user, provider=team)


def test_who_serves_gets_no_receipt_to_rate_with():
    clerk, other = Somebody("community", COMMUNITY), Somebody("community", COMMUNITY)
    asked = ServiceRequestFactory(state="dispatched", handler="社区专干", channel="walk_in")
    clerk.has_taken(asked, "accept")
    assert clerk.client.get(f"/requests/{asked.pk}/receipt/").status_code == 403
    assert other.client.get(f"/requests/{asked.pk}/receipt/").status_code == 200
    online = ServiceRequestFactory(channel="online", agreed=True, name="赵", phone=PHONE)
    assert other.client.get(f"/requests/{online.pk}/receipt/").status_code == 403


def test_who_rates_by_the_receipt_is_told_apart(resident):
    asked = served(timezone.localdate())
    resident.client.post("/requests/", {"number": asked.number, "code": asked.code})
    resident.client.post(f"/requests/{asked.pk}/", {"rate": "1", "answer": "4"})
    rated = next(step for step in asked.steps() if step.verb == "rate")
    assert rated.by_name == "凭回执的人"


def test_service_under_way_can_be_given_back(resident):
    team = VolunteerTeamFactory(dissolved_on=timezone.localdate() - ONE)
    asked = ServiceRequestFactory(state="in_service", team=team, started_on=BEGUN)
    Somebody("community", COMMUNITY).has_taken(asked, "decline", note="队伍已解散")
    assert (asked.team, asked.started_on) == (None, None)


class TestOneBrowser:
    def test_another_phone_is_asked_for_and_the_first_can_be_left(self, resident):
        asked = ServiceRequestFactory(phone="13900000000")
        resident.knows("/requests/new/")
        answer = resident.client.post("/requests/", {"number": asked.number, "phone": asked.phone})
        assert answer.headers["Location"] == "/requests/phone/"
        assert "code" not in resident.client.get("/requests/phone/").context["form"].fields
        resident.client.post("/requests/leave/")
        assert "phone" in resident.client.get("/requests/new/").context["form"].fields

    def test_who_comes_back_from_the_message_is_asked_for_the_code(self, resident):
        resident.client.post("/requests/new/", {"phone": PHONE})
        assert "code" in resident.client.get("/requests/new/").context["form"].fields

    def test_somebody_signed_in_asks_and_rates_as_a_resident(self, resident):
        helper = Somebody("team", COMMUNITY, {"team": VolunteerTeamFactory()})
        resident.client.force_login(helper.user)
        resident.knows("/requests/new/")
        resident.asks(kind="elderly")
        asked = ServiceRequest.objects.get()
        assert asked.entered_by is None
        clerk = Somebody("community", COMMUNITY)
        clerk.has_taken(asked, "admit")
        clerk.has_taken(asked, "dispatch", handler="专干")
        clerk.has_taken(asked, "accept")
        clerk.has_taken(asked, "finish", result="好")
        resident.client.force_login(clerk.user)
        resident.client.post("/requests/leave/")
        resident.looks_for(asked)
        resident.client.post(f"/requests/{asked.pk}/", {"rate": "1", "answer": "5"})
        asked.refresh_from_db()
        assert asked.state == "closed"

    def test_a_service_that_was_withdrawn_meanwhile_is_said_and_the_rest_goes_on(self, resident):
        service = ServiceItemFactory()
        path = f"/requests/new/?service={service.pk}"
        resident.knows(path)
        told = resident.fills(path)
        type(service).objects.update(withdrawn_on=timezone.localdate() - ONE)
        page = resident.client.post(path, told)
        assert "这项服务已停止" in page.text
        resident.client.post(path, told | {"kind": "elderly"})
        assert ServiceRequest.objects.get().service is None
