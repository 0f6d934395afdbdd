"""M22: an activation reaches the communities, the teams called and the grid workers, with whom to call."""

import pytest

from communities.models import EmergencyContact
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.consultation import EmergencyContactFactory, EmergencyPlanFactory
from tests.factories.linkage import ServiceRequestFactory
from tests.factories.volunteering import EmergencyFactory, MusterFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody, queries
from volunteers.models import Muster
from volunteers.workflow import order_musters

pytestmark = pytest.mark.django_db

NEIGHBOUR = f"{STREET}002"
ELSEWHERE = "620902005001"
GRID = f"{COMMUNITY}001"
LEADER, PHONE = "孙指挥", "13812340000"
TEAMS_PHONE = "13987650000"


@pytest.fixture
def district(db):
    """Who declares, over a street with two communities."""
    for code in (COMMUNITY, NEIGHBOUR, ELSEWHERE, GRID):
        AreaFactory(code=code)
    return Somebody("district", DISTRICT)


@pytest.fixture
def emergency(district):
    """One that was activated in the street, where one community has a plan for it."""
    plan = EmergencyPlanFactory(
        area=AreaFactory(code=COMMUNITY), kind="natural", state="in_effect",
        effective_on="2022-01-01", assessed_on="2022-01-01", assembly_place="文化广场",
    )  # fmt: skip
    EmergencyContactFactory(plan=plan, area=plan.area, duty="总指挥", name=LEADER, phone=PHONE)
    emergency = EmergencyFactory(area=AreaFactory(code=STREET))
    return district.has_taken(emergency, "activate")


def called(district, emergency, *teams):
    """The muster of the community, called with these teams."""
    muster = emergency.musters.get(area=COMMUNITY)
    clerk = Somebody("community", COMMUNITY)
    clerk.corrects(muster, teams=[*teams])
    return clerk.has_taken(muster, "call")


def test_an_activation_is_a_to_do_of_each_community_of_its_area(district, emergency):
    assert set(emergency.musters.values_list("area", "state")) == {
        (COMMUNITY, "ordered"), (NEIGHBOUR, "ordered"),
    }  # fmt: skip
    clerk = Somebody("community", COMMUNITY)
    assert "待通知的应急集结" in clerk.sees("/desk/")
    assert "待通知的应急集结" not in Somebody("community", ELSEWHERE).sees("/desk/")
    # Where, and led by whom, is what the plan says
    muster = emergency.musters.get(area=COMMUNITY)
    assert (muster.place, muster.leader, muster.phone) == ("文化广场", LEADER, PHONE)
    assert emergency.musters.get(area=NEIGHBOUR).place == "待社区确定"
    # and nobody is called before the leader and the phone are there
    other = Somebody("community", NEIGHBOUR)
    refused = other.takes(emergency.musters.get(area=NEIGHBOUR), "call", place="小学操场")
    assert {"leader", "phone"} <= set(refused.context["form"].errors)


def test_the_community_opens_the_list_of_whom_to_mobilize_from_its_own_page(emergency):
    clerk = Somebody("community", COMMUNITY)
    VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY), contact="周队长", phone=TEAMS_PHONE)
    path = f"/emergencies/{emergency.pk}/mobilization/"
    assert path in clerk.sees(f"/desk/emergencies/{emergency.pk}/")
    page = clerk.sees(path)
    for told in ("文化广场", LEADER, PHONE, "周队长", TEAMS_PHONE):
        assert told in page
    # and the trail has that it was looked at
    looked = AuditEntry.objects.filter(action="look", actor_id=clerk.user.pk)
    assert {"volunteers.muster", "volunteers.volunteerteam"} <= {one.model for one in looked}
    # while whoever has no part in it neither opens nor reads
    assert Somebody("community", ELSEWHERE).client.get(path).status_code == 404


def test_a_team_that_is_called_finds_where_and_whom_to_call(district, emergency):
    team = VolunteerTeamFactory(area=AreaFactory(code=ELSEWHERE))
    member = Somebody("team", ELSEWHERE, {"team": team})
    idle = Somebody("team", COMMUNITY, {"team": VolunteerTeamFactory()})
    assert "通知您参加的集结" not in member.sees("/desk/")
    # Although it belongs to another street, it is called here
    muster = emergency.musters.get(area=COMMUNITY)
    muster.teams.set([team])
    Somebody("community", COMMUNITY).has_taken(muster, "call")
    assert "通知您参加的集结" in member.sees("/desk/")
    assert f"/desk/musters/{muster.pk}/" in member.sees("/desk/musters/?todo=to_attend")
    page = member.sees(f"/desk/musters/{muster.pk}/")
    assert LEADER in page
    assert PHONE in page
    # When it has checked in, nothing waits for it any more
    member.has_entered("check-ins", of=muster, people=6)
    assert "通知您参加的集结" not in member.sees("/desk/")
    # A team that was not called sees nothing of it
    assert "通知您参加的集结" not in idle.sees("/desk/")
    assert idle.client.get(f"/desk/musters/{muster.pk}/").status_code == 404


def test_a_grid_worker_is_called_to_what_musters_around_the_grid(district, emergency):
    worker, other = Somebody("grid_worker", GRID), Somebody("grid_worker", f"{NEIGHBOUR}001")
    muster = called(district, emergency)
    assert "通知您参加的集结" in worker.sees("/desk/")
    assert PHONE in worker.sees(f"/desk/musters/{muster.pk}/")
    worker.has_entered("check-ins", of=muster, name="周网格", phone="13700001111")
    assert "通知您参加的集结" not in other.sees("/desk/")
    assert other.client.get(f"/desk/musters/{muster.pk}/").status_code == 404
    assert worker.client.get(f"/desk/musters/{muster.pk}/edit/").status_code == 403


def test_what_nobody_was_called_to_ends_with_the_emergency(district, emergency):
    muster = called(district, emergency)
    district.has_taken(emergency, "restore")
    assert emergency.musters.get(area=NEIGHBOUR).state == "cancelled"
    muster.refresh_from_db()
    assert muster.state == "gathering"


def test_activated_again_nothing_is_ordered_twice(district):
    emergency = EmergencyFactory(
        area=AreaFactory(code=STREET), state="active", started_on="2022-06-01"
    )
    MusterFactory(emergency=emergency, area=AreaFactory(code=COMMUNITY))
    for _ in range(2):
        order_musters(emergency, None, emergency.started_on)
    assert Muster.objects.filter(emergency=emergency).count() == 2


# --- contacts of what one works with


def test_contacts_of_the_own_plan_are_read_in_full_and_the_look_is_in_the_trail():
    contact = EmergencyContactFactory(area=AreaFactory(code=COMMUNITY), name=LEADER, phone=PHONE)
    plan = f"/desk/emergency-plans/{contact.plan_id}/"
    for somebody in (Somebody("community", COMMUNITY), Somebody("street", STREET)):
        page = somebody.sees(plan)
        assert LEADER in page
        assert PHONE in page
        [look] = AuditEntry.objects.filter(action="look", actor_id=somebody.user.pk)
        assert look.model == EmergencyContact._meta.label_lower
    # Its form says what its page says; the list of the admin has them masked.
    clerk = Somebody("community", COMMUNITY)
    assert PHONE in clerk.sees(f"/desk/emergency-contacts/{contact.pk}/edit/")
    assert PHONE not in clerk.sees("/admin/communities/emergencycontact/")


def test_a_resident_is_called_by_those_who_help_and_masked_for_the_office_above():
    need = ServiceRequestFactory(area=AreaFactory(code=COMMUNITY), name="赵大娘", phone=PHONE)
    path = f"/desk/requests/{need.pk}/"
    assert PHONE in Somebody("community", COMMUNITY).sees(path)
    street = Somebody("street", STREET).sees(path)
    assert PHONE not in street
    assert "138****0000" in street


MASKED = [kind for kind in kinds if getattr(kind.model, "masked", {})]


@pytest.mark.parametrize("kind", MASKED, ids=lambda kind: kind.model.__name__)
def test_who_may_read_contacts_and_of_what_is_declared_together(kind):
    granted = {role for role, actions in kind.roles.items() if "contact" in actions}
    assert kind.model.contact_columns or not granted
    assert {*kind.model.contact_columns} <= {*kind.model.masked}
    assert all("view" in kind.roles[role] for role in granted)


def test_the_list_costs_the_same_for_any_number_of_musters_and_teams(district, emergency):
    path = f"/emergencies/{emergency.pk}/mobilization/"
    VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY))
    district.sees(path)
    before = queries(district.client, path)
    for number in range(20, 25):
        area = AreaFactory(code=f"{STREET}{number:03d}")
        VolunteerTeamFactory(area=area)
        MusterFactory(emergency=emergency, area=area, leader=LEADER, phone=PHONE)
    assert queries(district.client, path) == before
