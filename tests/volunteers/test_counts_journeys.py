"""Sign-up closes with the activity; what nobody answered finds no need."""

import pytest
from django.utils import timezone

from suzhou_portal.linkage.models import ServiceRequest
from tests.factories import BEGUN, service, volunteers
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.journeys import Somebody
from volunteers.models import Service

pytestmark = pytest.mark.django_db


def test_nobody_signs_up_for_what_is_over():
    home = Somebody("community", COMMUNITY)
    past, today = (service.ActivityFactory(held_on=day) for day in (BEGUN, timezone.localdate()))
    volunteer = service.VolunteerFactory()
    refused = home.enters("services", of=past, volunteer=volunteer)
    assert "不能再报名" in refused.context["form"].errors["volunteer"][0]
    home.has_entered("services", of=today, volunteer=volunteer)
    left = service.VolunteerFactory(left_on=BEGUN)
    refused = home.enters("services", of=today, volunteer=left)
    assert "volunteer" in refused.context["form"].errors
    assert Service.objects.count() == 1


def test_a_visit_that_nobody_answered_finds_no_need():
    home = Somebody("community", COMMUNITY)
    AreaFactory(code=COMMUNITY)
    visit = {"area": COMMUNITY, "address": "1号楼101", "need_kind": "elderly", "need": "助餐"}
    refused = home.enters("door-visits", outcome="absent", **visit)
    assert "need" in refused.context["form"].errors
    assert not ServiceRequest.objects.exists()
    home.has_entered("door-visits", outcome="met", **visit)


def test_a_dissolved_team_begins_nothing_new():
    home = Somebody("community", COMMUNITY)
    team = volunteers.VolunteerTeamFactory(dissolved_on=BEGUN)
    activity = {"area": COMMUNITY, "title": "敬老", "place": "广场", "held_on": timezone.localdate(),
                "starts": "09:00", "ends": "11:00", "places": 9}  # fmt: skip
    assert "team" in home.enters("activities", team=team, **activity).context["form"].errors
    visit = {"area": COMMUNITY, "address": "1号楼101", "outcome": "met"}
    assert "team" in home.enters("door-visits", team=team, **visit).context["form"].errors
