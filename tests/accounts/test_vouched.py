"""What follows from a step is vouched for where the step stands, and opens nothing elsewhere.

Every use of `vouched` is named here with a story of somebody from outside who gains nothing by it.
"""

import ast
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities.models import Criterion, GridEvent, MediationCase
from communities.workflow.grids import make_it_a_case
from suzhou_portal.accounts.guard import vouched
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area
from suzhou_portal.files.models import Attachment
from suzhou_portal.imports.models import Batch
from suzhou_portal.lifecycle.amendments import decide, propose
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lifecycle.undoing import undo
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.workflow.requests import claim
from suzhou_portal.merging.merge import keep_apart, merge
from suzhou_portal.merging.models import Verdict
from tests.accounts.world import NEIGHBOUR, acting, clerk_of, refused
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import GridEventFactory, PersonFactory
from tests.factories.governing import SmartPilotFactory
from tests.factories.incubating import FilingFactory
from tests.factories.linkage import ServiceRequestFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.factories.service import ActivityFactory, VolunteerApplicationFactory, VolunteerFactory
from tests.factories.volunteering import CadreDayFactory, DoorVisitFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.files.pictures import photo
from tests.journeys import Somebody
from tests.test_house import sources
from volunteers.models import CadreFinding, Service, ServiceCertificate, Volunteer

pytestmark = pytest.mark.django_db
HOME = Path(__file__).resolve().parents[2]
STORIES = {}


def story_of(*uses):
    """Which uses (file and function) the test is about."""

    def registering(test):
        STORIES.update(dict.fromkeys(uses, test))
        return test

    return registering


def uses():
    """Every function outside tests that calls `vouched`."""
    for file in sources(".py"):
        path = file.relative_to(HOME).as_posix()
        if path.startswith("tests/"):
            continue
        for function in ast.walk(ast.parse(file.read_text())):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(call, ast.Call) and getattr(call.func, "id", "") == "vouched"
                for call in ast.walk(function)
            ):
                yield f"{path} {function.name}"


def test_every_use_has_its_story():
    assert set(uses()) == set(STORIES)


@pytest.fixture
def clerk():
    """The clerk of a community."""
    return Somebody("community", COMMUNITY)


# --- the mechanism -------------------------------------------------------------------------------


def test_it_vouches_for_what_stands_there_and_below_alone():
    here, there = PersonFactory(area__code=COMMUNITY), PersonFactory(area__code=NEIGHBOUR)
    street = SocialOrganizationFactory(area=AreaFactory(code=STREET))
    nobody = clerk_of()
    with acting(nobody), vouched(street):
        here.save()
        with refused():
            there.save()
    with acting(nobody), vouched(here), refused():
        street.save()


def test_within_another_it_opens_nothing_more():
    here, there = PersonFactory(area__code=COMMUNITY), PersonFactory(area__code=NEIGHBOUR)
    with acting(clerk_of()), vouched(here), pytest.raises(PermissionDenied), vouched(there):
        pass
    both = clerk_of(NEIGHBOUR)
    with acting(both), vouched(here), vouched(there):
        there.save()


def test_a_record_is_neither_moved_out_nor_in():
    here, there = PersonFactory(area__code=COMMUNITY), PersonFactory(area__code=NEIGHBOUR)
    with acting(clerk_of()), vouched(here):
        there.area_id, here.area_id = here.area_id, there.area_id
        for moved in (here, there):
            with refused():
                moved.save()


# --- the uses ------------------------------------------------------------------------------------


@story_of(
    "organizations/workflow/registration.py _stored",
    "organizations/workflow/registration.py _reached",
    "suzhou_portal/lifecycle/moves.py take",
)
def test_a_filing_that_names_a_districts_organization_writes_nothing_of_it():
    entry = SocialOrganizationFactory(area=AreaFactory(code=DISTRICT), name="区级协会")
    street = Somebody("street", STREET)
    filing = FilingFactory(organization=entry, area=AreaFactory(code=COMMUNITY))
    told = street.takes(filing, "file", number="城北-1").text
    assert "登记，须由那里的单位办理" in told
    # Filed before this was refused
    former = SocialOrganizationFactory(area=entry.area, name="区级促进会")
    old = FilingFactory(
        organization=former, area=AreaFactory(code=COMMUNITY), state="filed", number="城北-2",
        filed_on=BEGUN,
    )  # fmt: skip
    told = street.takes(
        old, "change", name="改了名", note="变更", contact="我", phone="13900001111"
    )
    assert "登记，须由那里的单位办理" in told.text
    street.has_taken(old, "cancel", note="注销")
    former.refresh_from_db()
    assert (former.name, former.deregistered_on) == ("区级促进会", None)


@story_of("communities/workflow/secretary.py make_places_for_criteria")
def test_a_street_that_files_a_project_changes_no_criterion():
    place = AreaFactory(code=DISTRICT)
    kept = Criterion.objects.create(area=place, position=1)
    street, person = clerk_of(STREET, role=Role.STREET), PersonFactory(area__code=COMMUNITY)
    with acting(street), vouched(person), refused():
        kept.save()


@story_of("suzhou_portal/imports/batches.py _restore")
def test_only_who_brought_a_batch_takes_it_back_and_while_they_still_may(clerk):
    team = VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY), name="银龄队", members=1)
    batch = Batch.objects.create(
        user=clerk.user, ledger="teams", name="台账.csv", digest="0", changed=1
    )
    batch.rows.create(object_id=team.pk, before={"members": 9})
    path = reverse("import_undo", args=[batch.pk])
    assert Somebody("street", STREET).client.post(path).status_code == 404
    clerk.user.assignments.update(valid_from="2019-01-01", valid_to="2020-01-01")
    assert clerk.client.post(path).status_code == 403
    team.refresh_from_db()
    assert team.members == 1


@story_of("suzhou_portal/desks/saving.py keep")
def test_files_are_kept_only_with_what_the_person_may_write(clerk):
    elsewhere = GridEventFactory(area__code=NEIGHBOUR)
    path = reverse("desk_files", args=["grid-events", elsewhere.pk])
    assert clerk.client.post(path, {"uploads": photo()}).status_code == 404
    assert not Attachment.objects.exists()


@story_of("volunteers/models/cadre_days.py save")
def test_what_a_cadre_finds_elsewhere_is_no_event_of_ours(clerk):
    day = CadreDayFactory(area=AreaFactory(code=NEIGHBOUR), state="arranged")
    with acting(clerk.user), refused():
        CadreFinding(day=day, area=day.area, kind="other", title="路灯不亮", place="三号楼").save()
    assert not GridEvent.objects.exists()


@story_of("communities/workflow/grids.py make_it_a_case")
def test_an_event_elsewhere_becomes_no_case_of_ours(clerk):
    event = GridEventFactory(area__code=NEIGHBOUR, kind="dispute")
    with acting(clerk.user), vouched(PersonFactory(area__code=COMMUNITY)), refused():
        make_it_a_case(event, clerk.user, BEGUN)
    assert not MediationCase.objects.exists()


@story_of("suzhou_portal/linkage/workflow/doors.py ask_for_what_a_visit_found")
def test_a_visit_elsewhere_makes_no_need(clerk):
    visit = DoorVisitFactory(area=AreaFactory(code=NEIGHBOUR))
    visit.need, visit.need_kind = "助餐", "meals"
    with acting(clerk.user), refused():
        visit.save()
    assert not ServiceRequest.objects.exists()


@story_of("volunteers/mine.py _act", "volunteers/mine.py _certified")
def test_a_volunteer_signs_nobody_else_up(clerk):
    """Whose page it is says a signed token; somebody signed in gains nothing by opening it."""
    far = ActivityFactory(area=AreaFactory(code="620921001001"), state="open")
    volunteer = VolunteerFactory(area=AreaFactory(code=COMMUNITY))
    page = clerk.client.post(
        reverse("my_service"), {"number": volunteer.number, "phone": volunteer.phone}
    )
    token = page.context["token"]
    for forged in (f"{token}x", "1:abc"):
        answer = clerk.client.post(reverse("my_service"), {"token": forged, "sign_up": far.pk})
        assert answer.status_code == 302
    answer = clerk.client.post(reverse("my_service"), {"token": token, "sign_up": far.pk})
    assert answer.status_code == 404
    clerk.client.post(reverse("my_service"), {"token": token, "certificate": "1"})
    assert not Service.objects.exists()
    assert not ServiceCertificate.objects.exists()


def test_areas_and_assignments_are_vouched_for_by_nothing():
    person, nobody = PersonFactory(area__code=COMMUNITY), clerk_of()
    with acting(nobody), vouched(person), refused():
        Area.objects.get(pk=COMMUNITY).save()


@story_of(
    "suzhou_portal/lifecycle/amendments.py propose",
    "suzhou_portal/lifecycle/amendments.py decide",
    "suzhou_portal/lifecycle/undoing.py undo",
)
def test_asking_and_taking_back_reach_no_record_elsewhere(clerk):
    near = take(SmartPilotFactory(area=AreaFactory(code=COMMUNITY)), "approve")
    far = take(SmartPilotFactory(area=AreaFactory(code=NEIGHBOUR)), "approve")
    move = near.lifecycle.move("amend")
    with acting(clerk.user):
        propose(near, move, by=clerk.user, reason="试", content="新")
        with refused():
            propose(far, move, by=clerk.user, reason="试", content="新")
        with refused():
            decide(near, by=clerk.user, accepted=True)
        with refused():
            undo(far, by=clerk.user)


@story_of("volunteers/workflow.py enter_the_volunteer")
def test_an_application_elsewhere_enters_no_volunteer(clerk):
    asked = VolunteerApplicationFactory(area=AreaFactory(code=NEIGHBOUR))
    with acting(clerk.user), refused():
        take(asked, "confirm", by=clerk.user)
    assert not Volunteer.objects.exists()


@story_of("suzhou_portal/merging/merge.py _write")
def test_a_record_elsewhere_is_neither_merged_nor_told_apart(clerk):
    near = VolunteerFactory(area=AreaFactory(code=COMMUNITY))
    far = VolunteerFactory(area=AreaFactory(code=NEIGHBOUR))
    with acting(clerk.user):
        for kept, other in ((near, far), (far, near)):
            with refused():
                merge(kept, other, by=clerk.user)
            with refused():
                keep_apart(kept, other, by=clerk.user)
    assert Volunteer.objects.count() == 2
    assert not Verdict.objects.exists()


@story_of("suzhou_portal/linkage/workflow/requests.py claim")
def test_nobody_claims_for_whom_they_do_not_act():
    ours, theirs = VolunteerTeamFactory(), VolunteerTeamFactory()
    member = Somebody("team", COMMUNITY, {"team": ours})
    asked = ServiceRequestFactory(state="unmet")
    with acting(member.user), refused():
        claim(asked, by=member.user, provider=theirs)
    asked.refresh_from_db()
    assert asked.state == "unmet"
