"""What a community left that was merged into another one is found where its people look now, and says from where."""

import pytest

from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.filters import AreaFilterSet
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.succession import answered_for
from suzhou_portal.desks.filters import filter_set
from suzhou_portal.records.kinds import kinds
from tests.accounts.world import record_in
from tests.areas.merging import HEIR, merged
from tests.factories import organizations as make
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.charity import CharityProjectFactory, CharityResourceFactory
from tests.factories.volunteers import PairingLinkFactory, VolunteerTeamFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
ELSEWHERE = "620902001002"
FORMER = f"原地区{COMMUNITY}"


def narrowed(filters, model, area):
    """What the filter of a list leaves when somebody chooses the area."""
    return filters({"area": area}, queryset=model.objects.all()).qs


@pytest.mark.parametrize("kind", list(kinds), ids=lambda kind: kind.name)
def test_every_list_that_is_narrowed_by_area_finds_it(kind):
    record = record_in(kind.model, area=AreaFactory(code=COMMUNITY))
    if record.area_id != COMMUNITY:
        pytest.skip("stands elsewhere")
    filters = [filter_set(kind), *AreaFilterSet.__subclasses__()]
    ours = [one for one in filters if one._meta.model is kind.model]
    AreaFactory(code=ELSEWHERE)
    merged()
    for one in ours:
        assert record in narrowed(one, kind.model, HEIR)
        assert record in narrowed(one, kind.model, COMMUNITY)
        assert record not in narrowed(one, kind.model, ELSEWHERE)


@pytest.mark.parametrize(
    ("made", "path", "more"),
    [
        (make.ServiceItemFactory, "/services/", {}),
        (make.ServiceItemFactory, "/services/", {"q": "遗留"}),
        (make.ServiceItemFactory, "/services/", {"sort": "name"}),
        (make.SocialOrganizationFactory, "/organizations/", {}),
        (VolunteerTeamFactory, "/volunteers/", {}),
        (CharityProjectFactory, "/charity/", {}),
        (CharityResourceFactory, "/charity/resources/", {}),
    ],
)
def test_the_card_says_from_where(client, made, path, more):
    for code in (COMMUNITY, ELSEWHERE):
        made(area=AreaFactory(code=code), name="遗留" if code == COMMUNITY else "别处的遗留")
    merged()
    page = client.get(path, {"area": HEIR, **more}).text
    assert FORMER in page
    assert "别处的遗留" not in page


def test_a_page_of_the_heir_and_open_registers_too(client):
    make.ServiceItemFactory(area=AreaFactory(code=COMMUNITY), name="遗留的服务")
    PairingLinkFactory(area=AreaFactory(code=COMMUNITY), party_body="遗留支部")
    merged()
    assert "遗留的服务" in client.get(f"/areas/{HEIR}/").text
    page = client.get(f"/open/pairings/?area={HEIR}").text
    assert "遗留支部" in page
    assert FORMER in page


def test_staff_who_follow_see_whom_it_was_paired_with():
    link = PairingLinkFactory(area=AreaFactory(code=COMMUNITY), party_body="遗留支部")
    merged()
    page = Somebody(Role.COMMUNITY, HEIR).sees("/desk/pairings/")
    assert link.party_body in page
    assert FORMER in page


def test_the_view_of_all_resources_agrees_with_the_lists_it_leads_to(client):
    made = [
        VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY)),
        CharityResourceFactory(area=AreaFactory(code=COMMUNITY)),
    ]
    merged()
    page = client.get(f"/areas/{HEIR}/resources/").text
    for one in made:
        assert one.name in page
    assert page.count(FORMER) == len(made)


def test_an_organization_that_served_it_is_found():
    served = make.SocialOrganizationFactory(area=AreaFactory(code=DISTRICT))
    served.areas_served.set([AreaFactory(code=COMMUNITY)])
    merged()
    assert served in type(served).objects.reaching(HEIR)


def test_nothing_is_looked_up_twice():
    """What lies in what is named already makes no condition of its own."""
    AreaFactory(code=GRID)
    assert answered_for(HEIR) == [HEIR]
    merged()
    assert answered_for(HEIR) == [HEIR, COMMUNITY]
    assert answered_for(DISTRICT) == [DISTRICT]
    assert answered_for(STREET) == [STREET]
    assert answered_for(HEIR[:9]) == [HEIR[:9], COMMUNITY]


def test_an_index_finds_it_still():
    """Each part of the list by itself, so that no page costs more than the first."""
    merged()
    found = VolunteerTeamFactory._meta.model.objects.found_in(HEIR)
    assert len(found.parts) == 2
    assert Area.objects.get(pk=COMMUNITY).shown_name == FORMER
