"""What waits for a person leads to the desk where it is done, and is listed there alone."""

import re

import pytest

from suzhou_portal.accounts.models import Assignment
from suzhou_portal.accounts.roles import LEVELS, OWNERS, Role
from suzhou_portal.areas.codes import Level
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.consultation import MediationCaseFactory, MediationSessionFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


def test_a_notice_leads_to_the_desk_and_lists_what_it_counts():
    # Given a case that was applied for, and one that is being heard
    clerk = Somebody("community", COMMUNITY)
    here = AreaFactory(code=COMMUNITY)
    waiting = MediationCaseFactory(area=here)
    begun = MediationSessionFactory(area=here).case
    # When the clerk follows what waits
    [path] = re.findall(
        r'href="(/desk/mediation-cases/\?todo=[^"]+)">待受理的', clerk.sees("/desk/")
    )
    # Then the desk lists it, and nothing else
    listed = clerk.client.get(path).context["object_list"]
    assert list(listed) == [waiting]
    assert begun in clerk.client.get("/desk/mediation-cases/").context["object_list"]
    # And what cannot be waited for is said to be wrong
    assert clerk.client.get("/desk/mediation-cases/?todo=nothing").status_code == 400


@pytest.mark.parametrize("role", [role for role in Role if role not in OWNERS])
def test_whoever_has_a_role_finds_their_work(role):
    level = LEVELS.get(role, (Level.COMMUNITY,))[0]
    places = {Level.STREET: STREET, Level.DISTRICT: DISTRICT, Level.GRID: f"{COMMUNITY}001"}
    somebody = Somebody(role, places.get(level, COMMUNITY))
    shown = somebody.sees("/desk/").split("全部工作")[1]
    assert "请联系本单位的系统管理员" not in shown
    [path, *_] = re.findall(r'<ul class="desk-grid"><li><a href="([^"]+)">', shown)
    assert somebody.client.get(path).status_code == 200


def test_an_administrators_work_is_accounts():
    shown = Somebody(Role.ADMINISTRATOR, DISTRICT).sees("/desk/")
    assert "/admin/accounts/user/" in shown


def test_whoever_has_none_is_told_whom_to_ask():
    somebody = Somebody(Role.COMMUNITY, COMMUNITY)
    Assignment.objects.all().delete()
    assert "请联系本单位的系统管理员" in somebody.sees("/desk/")
