"""A record whose contact is masked is found by the whole number, by offices that see the mask, seldom in vain."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from suzhou_portal.accounts.hidden import MISSES_A_DAY, USED_UP
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.desks.choosing import FEW
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.incubating import FilingFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
PHONE, OTHER = "13800001234", "13800001235"


@pytest.fixture
def person():
    return PersonFactory(area=AreaFactory(code=COMMUNITY), phone=PHONE)


@pytest.fixture
def hr():
    return Somebody(Role.HR, DISTRICT)


def listed(somebody, desk, text):
    return list(somebody.client.get(f"/desk/{desk}/", {"q": text}).context["object_list"])


def looks(somebody):
    return AuditEntry.objects.filter(action=Action.REVEAL, actor_id=somebody.user.pk)


def misses(somebody):
    return AuditEntry.objects.filter(action=Action.TRY_FAILED, actor_id=somebody.user.pk)


@pytest.mark.parametrize("typed", [PHONE, "138 0000 1234", "+86 138-0000-1234"])
def test_a_whole_number_finds_what_is_masked(person, hr, typed):
    assert listed(hr, "people", typed) == [person]
    [look] = looks(hr)
    assert (look.model, look.note) == ("communities.person", "按电话查找")
    assert PHONE not in str(vars(look))
    assert not misses(hr).exists()
    assert PHONE not in hr.sees(f"/desk/people/{person.pk}/")


@pytest.mark.parametrize("part", ["138", PHONE[:10], PHONE[4:], "0000", f"{PHONE}9"])
def test_a_part_of_it_finds_nothing(person, hr, part):
    assert listed(hr, "people", part) == []
    assert not misses(hr).exists()


def test_a_miss_is_a_look_too(person, hr):
    assert listed(hr, "people", OTHER) == []
    assert (looks(hr).count(), misses(hr).count()) == (1, 1)


def test_whoever_misses_too_often_is_told_and_finds_nothing_until_the_next_day(person, hr):
    for _ in range(MISSES_A_DAY):
        assert USED_UP not in hr.client.get("/desk/people/", {"q": OTHER}).text
    page = hr.client.get("/desk/people/", {"q": PHONE})
    assert list(page.context["object_list"]) == []
    assert USED_UP in page.text
    assert listed(hr, "people", person.name) == [person]
    assert listed(Somebody(Role.HR, DISTRICT), "people", PHONE) == [person]
    assert listed(Somebody(Role.DISTRICT, DISTRICT), "people", PHONE) == [person]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1, seconds=1)):
        hr.client.force_login(hr.user)
        assert listed(hr, "people", PHONE) == [person]


def test_nobody_finds_what_stands_elsewhere_or_they_do_not_see(person, hr):
    """HR of another district, and an auditor, who sees no people."""
    neighbour = Somebody(Role.HR, "620903")
    assert listed(neighbour, "people", PHONE) == []
    auditor = Somebody(Role.AUDITOR, DISTRICT)
    assert auditor.client.get("/desk/people/", {"q": PHONE}).status_code == 403
    assert not looks(auditor).exists()
    assert Client().get("/desk/people/", {"q": PHONE}).status_code == 302


def test_who_reads_all_of_them_in_full_has_nothing_to_guess(person):
    district = Somebody(Role.DISTRICT, DISTRICT)
    assert listed(district, "people", OTHER) == []
    assert not misses(district).exists()


def test_a_chooser_finds_by_the_number_too_and_counts_once():
    """Of teams, whose contacts a grid worker sees masked."""
    worker = Somebody(Role.GRID_WORKER, COMMUNITY)
    team = VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY), contact="王某某", phone=PHONE)
    VolunteerTeamFactory.create_batch(FEW + 1, area=AreaFactory(code=COMMUNITY))
    path = "/desk/door-visits/new/"

    def looks_for(number):
        sent = {"draft": worker.client.get(path).context["word"], "find": "team"}
        return worker.client.post(path, sent | {"team-find": number}).text

    assert f'name="team" value="{team.pk}"' in looks_for(PHONE)
    assert f'name="team" value="{team.pk}"' not in looks_for(OTHER)
    assert (looks(worker).count(), misses(worker).count()) == (2, 1)
    for _ in range(MISSES_A_DAY - 1):
        looks_for(OTHER)
    page = looks_for(PHONE)
    assert USED_UP in page
    assert f'name="team" value="{team.pk}"' not in page


def test_whoever_is_no_office_finds_nobody_by_a_number_they_see_masked():
    ours = SocialOrganizationFactory(area=AreaFactory(code=COMMUNITY))
    filing = FilingFactory(area=AreaFactory(code=COMMUNITY), organization=ours, phone=PHONE)
    somebody = Somebody(Role.ORGANIZATION, COMMUNITY, {"organization": ours})
    assert listed(somebody, "filings", filing.name) == [filing]
    assert listed(somebody, "filings", PHONE) == []
    assert not looks(somebody).exists()
