"""点单—派单—接单—评单, as clerks, organizations, teams, streets and residents carry it through."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.suggesting import suggestions
from suzhou_portal.linkage.workflow.requests import claim, close_what_nobody_rated
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.factories.linkage import (
    RequestRulesFactory,
    ServiceCapacityFactory,
    ServiceRequestFactory,
    served,
)
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory
from tests.factories.service import VolunteerFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody
from volunteers.models import Service

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
ONE = datetime.timedelta(days=1)
TOLD = {"kind": "elderly", "content": "中午送饭", "name": "赵大娘", "phone": PHONE}


@pytest.fixture
def clerk(db):
    """The clerk of the community."""
    AreaFactory(code=COMMUNITY)
    return Somebody("community", COMMUNITY)


def member_of(**provider):
    [(role, owner)] = provider.items()
    return Somebody(role, owner.area_id, {role: owner})


class TestDispatch:
    def test_a_call_is_entered_sent_to_an_organization_and_done(self, clerk):
        home = SocialOrganizationFactory()
        helper = member_of(organization=home)
        asked = clerk.has_entered("requests", channel="phone", **TOLD)
        assert "待审核" in clerk.sees("/desk/")
        clerk.has_taken(asked, "admit")
        # Nobody else sees it, and the organization only once it is sent there
        assert helper.client.get(f"/desk/requests/{asked.pk}/").status_code == 404
        clerk.has_taken(asked, "dispatch", organization=home)
        assert PHONE not in helper.sees(f"/desk/requests/{asked.pk}/")
        helper.has_taken(asked, "accept")
        # Who accepted reads whom to call, while it is under way; the office that sent it no more
        assert PHONE in helper.sees(f"/desk/requests/{asked.pk}/")
        assert PHONE not in clerk.sees(f"/desk/requests/{asked.pk}/")
        helper.has_taken(asked, "appoint", appointed_on=timezone.localdate() + ONE)
        helper.has_taken(asked, "start")
        helper.has_taken(asked, "finish", result="每天送饭", people=1)
        assert PHONE not in helper.sees(f"/desk/requests/{asked.pk}/")
        assert helper.takes(asked, "rate", rating=5).status_code == 403
        clerk.takes(asked, "rate", rating=4)
        asked.refresh_from_db()
        assert (asked.state, asked.rated, asked.due_on) == ("closed", "满意", None)

    def test_it_goes_to_exactly_one_that_is_still_there(self, clerk):
        asked, today = ServiceRequestFactory(state="to_dispatch"), timezone.localdate()
        gone = SocialOrganizationFactory(deregistered_on=today - ONE)
        team = VolunteerTeamFactory()
        for wrong in ({}, {"team": team, "handler": "社区专干"}):
            form = clerk.takes(asked, "dispatch", **wrong).context["form"]
            assert "只选" in str(form.errors) or "选填一个" in str(form.errors)
        with pytest.raises(ValidationError, match="已注销"):
            take(asked, "dispatch", organization=gone)
        over = VolunteerTeamFactory(dissolved_on=today - ONE)
        with pytest.raises(ValidationError, match="已解散"):
            take(asked, "dispatch", team=over)

    def test_who_gives_it_back_says_why_and_it_waits_again(self, clerk):
        team = VolunteerTeamFactory()
        asked = ServiceRequestFactory(state="dispatched", team=team)
        helper = member_of(team=team)
        assert "note" in helper.takes(asked, "decline").context["form"].errors
        helper.takes(asked, "decline", note="人手不够")
        asked.refresh_from_db()
        assert (asked.state, asked.team) == ("to_dispatch", None)
        assert helper.client.get(f"/desk/requests/{asked.pk}/").status_code == 404

    def test_what_nobody_can_do_goes_up_and_becomes_an_unmet_need(self, clerk):
        asked = ServiceRequestFactory(state="to_dispatch")
        street = Somebody("street", STREET)
        clerk.has_taken(asked, "escalate", note="没有这样的队伍")
        assert clerk.takes(asked, "list_unmet", note="无").status_code == 403
        street.has_taken(asked, "list_unmet", note="公开征集")
        # then a team of the district takes it up
        team = VolunteerTeamFactory(area=AreaFactory(code=DISTRICT))
        helper = member_of(team=team)
        page = helper.sees("/requests/open/")
        assert asked.number in page
        assert "中午" not in page
        helper.client.post("/requests/open/", {"claim": f"{asked.pk} team-{team.pk}"})
        asked.refresh_from_db()
        assert (asked.state, asked.team) == ("accepted", team)

    def test_deadlines_are_working_days_of_the_districts_rules_and_the_providers_word(self, clerk):
        RequestRulesFactory(dispatch_days=1, accept_days=1, serve_days=5)
        monday = datetime.date(2023, 3, 6)
        asked = ServiceRequestFactory(asked_on=monday)
        assert asked.due_on == datetime.date(2023, 3, 7)
        team = VolunteerTeamFactory()
        take(asked, "admit", on=monday)
        take(asked, "dispatch", on=monday, team=team)
        accepted = take(asked, "accept", on=datetime.date(2023, 3, 10))
        assert accepted.promised_on == datetime.date(2023, 3, 17)
        ServiceCapacityFactory(organization=None, team=team, kind="elderly", days=2)
        other = ServiceRequestFactory(asked_on=monday, state="dispatched", team=team)
        assert take(other, "accept", on=monday).promised_on == datetime.date(2023, 3, 8)
        meals = ServiceItemFactory(days=1)
        fast = ServiceRequestFactory(asked_on=monday, state="dispatched", team=team, service=meals)
        assert take(fast, "accept", on=monday).promised_on == datetime.date(2023, 3, 7)
        slow = ServiceRequestFactory(
            asked_on=monday, state="dispatched", service=ServiceItemFactory(days=20)
        )
        assert take(slow, "accept", on=monday).promised_on == datetime.date(2023, 4, 3)

    def test_who_is_late_is_seen_by_those_concerned_and_above(self, clerk):
        late = ServiceRequestFactory(
            state="to_dispatch", due_on=timezone.localdate() - 3 * ONE, asked_on=timezone.localdate() - 9 * ONE
        )  # fmt: skip
        for somebody in (clerk, Somebody("street", STREET), Somebody("district", DISTRICT)):
            assert "超期的服务请求" in somebody.sees("/desk/")
        assert "超期3天" in clerk.sees(f"/desk/requests/{late.pk}/")


def test_what_was_served_stands_in_the_providers_track_record(clerk, client):
    home, now = SocialOrganizationFactory(), timezone.localdate()
    said = {"organization": home, "handler": "", "promised_on": now - ONE}
    served(now, **said, state="closed", closed_on=now, rated_on=now, rating=5)
    served(now - ONE, **said, state="follow_up", rated_on=now, not_done=True)
    ServiceRequestFactory(state="accepted", organization=home)
    office = Somebody("district", DISTRICT)
    [(who, cells)] = office.client.get("/organizations/track-records/").context["rows"]
    assert (who, cells[0], cells[-5:]) == (home, "0", ["2", "1", "2", "1", "1"])
    facts = dict(client.get(f"/organizations/{home.pk}/").context["facts"])
    assert facts["完成服务请求（件）"] == "2"
    other = SocialOrganizationFactory()
    assert "完成服务请求" not in client.get(f"/organizations/{other.pk}/").text


class TestInMidOrder:
    def test_who_is_no_more_accepts_nothing_and_the_community_sends_it_elsewhere(self, clerk):
        team = VolunteerTeamFactory()
        helper = member_of(team=team)
        asked = ServiceRequestFactory(state="dispatched", team=team)
        held = ServiceRequestFactory(state="accepted", team=team)
        type(team).objects.update(dissolved_on=timezone.localdate() - ONE)
        assert "已解散" in helper.takes(asked, "accept").text
        assert "已解散，请另派" in clerk.sees(f"/desk/requests/{asked.pk}/")
        clerk.has_taken(asked, "recall", note="队伍已解散")
        clerk.has_taken(held, "decline", note="队伍已解散")
        for one in (asked, held):
            clerk.has_taken(one, "dispatch", handler="社区专干")

    def test_what_an_ended_community_left_is_carried_on_by_its_successor(self, clerk):
        heir = AreaFactory(code="620902004005")
        asked = ServiceRequestFactory(state="to_dispatch", phone=PHONE)
        ended = {"valid_to": timezone.localdate(), "successor": heir}
        type(heir).objects.filter(pk=COMMUNITY).update(**ended)
        successor = Somebody("community", heir.pk)
        assert "待派单的服务请求" in successor.sees("/desk/")
        successor.has_taken(asked, "dispatch", handler="社区专干")
        successor.has_taken(asked, "accept")
        assert PHONE in successor.sees(f"/desk/requests/{asked.pk}/")


class TestSuggestions:
    def test_each_has_its_reasons_and_who_declined_comes_last(self, clerk):
        asked = ServiceRequestFactory(state="to_dispatch")
        good, busy, other = (
            ServiceCapacityFactory(kind="elderly", monthly=20),
            ServiceCapacityFactory(kind="elderly", monthly=1),
            ServiceCapacityFactory(kind="repair"),
        )
        ServiceRequestFactory(
            state="accepted", organization=busy.organization, asked_on=timezone.localdate()
        )
        for _ in range(3):
            served(timezone.localdate() - ONE, organization=good.organization, handler="",
                   state="rated", rating=5, rated_on=timezone.localdate() - ONE)  # fmt: skip
        first, second = suggestions(asked, timezone.localdate())
        assert (first.provider, second.provider) == (good.organization, busy.organization)
        assert "近12个月评价3件，平均5.0分" in first.reasons
        assert "达到每月1件" in second.doubts[0]
        assert other.organization not in (first.provider, second.provider)
        take(asked, "dispatch", organization=good.organization)
        asked.refresh_from_db()
        take(asked, "decline", note="没有人手")
        assert suggestions(asked, timezone.localdate())[-1].doubts == ["这一件退过单"]
        # and a button on the page sends it there
        page = clerk.sees(f"/requests/{asked.pk}/suggestions/")
        assert page.count("派给它") == 2
        clerk.has_taken(asked, "dispatch", organization=busy.organization)

    def test_the_provider_of_the_service_asked_for_comes_first(self, clerk):
        offering = SocialOrganizationFactory()
        service = ServiceItemFactory(provider=offering)
        ServiceCapacityFactory(kind="elderly", monthly=30)
        asked = ServiceRequestFactory(state="to_dispatch", service=service)
        assert suggestions(asked, timezone.localdate())[0].provider == offering

    def test_only_who_dispatches_sees_them(self):
        asked = ServiceRequestFactory(state="to_dispatch")
        stranger = Somebody("community", "620902004005")
        assert stranger.client.get(f"/requests/{asked.pk}/suggestions/").status_code == 404
        team = member_of(team=VolunteerTeamFactory())
        assert team.client.get(f"/requests/{asked.pk}/suggestions/").status_code == 404


class TestClaims:
    def test_whoever_is_first_has_it_where_the_district_lets_them(self, clerk):
        teams = [VolunteerTeamFactory(), VolunteerTeamFactory()]
        first, second = (member_of(team=team) for team in teams)
        asked = ServiceRequestFactory(state="to_dispatch")
        with pytest.raises(PermissionDenied):
            claim(asked, by=first.user, provider=teams[0])
        RequestRulesFactory(claims=True)
        with pytest.raises(PermissionDenied):  # in the name of another
            claim(asked, by=first.user, provider=teams[1])
        claim(asked, by=first.user, provider=teams[0])
        with pytest.raises((ValidationError, PermissionDenied)):
            claim(asked, by=second.user, provider=teams[1])
        asked.refresh_from_db()
        assert (asked.state, asked.team) == ("accepted", teams[0])
        assert [step.verb for step in reversed(asked.steps())] == ["dispatch", "accept"]

    def test_nobody_claims_in_another_district(self, clerk):
        far = VolunteerTeamFactory(area=AreaFactory(code="620921001001"))
        stranger = member_of(team=far)
        asked = ServiceRequestFactory(state="unmet", unmet_on=BEGUN)
        assert asked.number not in stranger.sees("/requests/open/")
        sent = {"claim": f"{asked.pk} team-{far.pk}"}
        assert stranger.client.post("/requests/open/", sent).status_code == 404
        with pytest.raises(PermissionDenied):
            claim(asked, by=stranger.user, provider=far)

    def test_who_comes_too_late_is_told(self, clerk):
        team = VolunteerTeamFactory()
        late = member_of(team=team)
        asked = ServiceRequestFactory(state="accepted", handler="社区专干", unmet_on=BEGUN)
        sent = {"claim": f"{asked.pk} team-{team.pk}"}
        assert "不能“派单”" in late.client.post("/requests/open/", sent, follow=True).text

    def test_an_office_claims_nothing(self, clerk):
        assert clerk.client.get("/requests/open/").status_code == 403


class TestAfterwards:
    def test_silence_is_never_contentment(self):
        asked = served(timezone.localdate() - 20 * ONE, due_on=timezone.localdate() - ONE)
        waiting = served(timezone.localdate() - ONE, due_on=timezone.localdate())
        close_what_nobody_rated(timezone.localdate())
        close_what_nobody_rated(timezone.localdate())
        asked.refresh_from_db()
        waiting.refresh_from_db()
        assert (asked.state, asked.rated, asked.rating) == ("closed", "未评价", None)
        assert waiting.state == "done"

    def test_a_low_score_is_an_objection_and_is_called_back(self, clerk):
        asked = served(timezone.localdate())
        assert "rating" in clerk.takes(asked, "rate", rating=1).context["form"].errors
        assert "rating" in clerk.takes(asked, "object", rating=4).context["form"].errors
        clerk.has_taken(asked, "object", not_done=True)
        assert asked.rated == "没有办"
        assert "待回访的服务请求" in clerk.sees("/desk/")
        clerk.has_taken(asked, "settle", follow_up="已说明，居民理解")

    def test_hours_of_the_volunteers_wait_for_another_person(self, evening, clerk):
        team = VolunteerTeamFactory()
        volunteer, helper = VolunteerFactory(team=team), member_of(team=team)
        asked = ServiceRequestFactory(state="in_service", team=team)
        given = {"result": "修好了", "volunteers": [volunteer]}
        assert "began" in helper.takes(asked, "finish", **given).context["form"].errors
        ahead = helper.takes(asked, "finish", **given, began="21:00", ended="23:00")
        assert "结束时间还没有到" in str(ahead.context["form"].errors["ended"])
        helper.has_taken(asked, "finish", **given, began="09:00", ended="11:00")
        service = Service.objects.get()
        assert (service.state, service.minutes, service.by_hand) == ("to_confirm", 120, True)
        assert helper.takes(service, "confirm").status_code == 403
        clerk.has_taken(service, "confirm")

    def test_an_event_that_is_a_wish_becomes_a_request_and_counts_no_more(self, clerk):
        event = GridEventFactory(title="想加一盏路灯", contact="周某", phone=PHONE)
        clerk.has_taken(event, "wish")
        asked = ServiceRequest.objects.get()
        assert (asked.event, asked.channel, asked.phone) == (event, "grid", PHONE)
        assert asked.content.startswith("想加一盏路灯")
