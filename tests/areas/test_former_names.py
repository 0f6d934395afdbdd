"""A division is found by what it was called, and by what was merged into it, and says how it is called now."""

import json

import pytest

from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.filters import area_choices
from suzhou_portal.areas.former_names import former_names, found_by
from suzhou_portal.areas.models import Area
from suzhou_portal.imports.registry import ledgers
from tests.areas.merging import HEIR, TODAY, act, merged
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, AreaFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.imports.files import as_csv, row, sheet
from tests.imports.test_journeys import problems, sends
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
NEW, OTHER = "620902004088", "620902004089"
OLD = f"地区{COMMUNITY}"


@pytest.fixture
def renamed():
    """COMMUNITY is called otherwise since today."""
    AreaFactory(code=COMMUNITY)
    district = Somebody(Role.DISTRICT, DISTRICT)
    values = {"area": COMMUNITY, "name": "新世纪社区", "effective_on": TODAY(), "document": "文"}
    act(district, "renamed", values)
    return district


def offered():
    return {code: name for _, inside in area_choices() for code, name in inside}


def test_one_that_was_renamed(renamed, client):
    assert found_by("地区62090200400") == [COMMUNITY]
    assert offered()[COMMUNITY] == f"新世纪社区（原{OLD}）"
    assert f"新世纪社区（原{OLD}）" in client.get("/").text


def test_one_that_was_merged_after_it_was_renamed(renamed):
    AreaFactory(code=GRID)
    merged()
    assert former_names() == {HEIR: [OLD, "新世纪社区"]}
    assert offered()[HEIR] == f"地区{HEIR}（原{OLD}、新世纪社区）"


def test_each_part_of_a_divided_one(renamed):
    parts = f"{NEW} 甲社区\n{OTHER} 乙社区"
    values = {
        "area": COMMUNITY,
        "formed": parts,
        "ends": "on",
        "effective_on": TODAY(),
        "document": "文",
    }
    act(renamed, "split", values)
    assert former_names() == {code: [OLD, "新世纪社区"] for code in (NEW, OTHER)}


def test_nothing_of_what_was_withdrawn(renamed):
    renamed.client.post(f"/divisions/change/{DivisionChange.objects.get().pk}/withdraw/")
    assert not former_names()
    assert offered()[COMMUNITY] == OLD


def test_search_fields_and_forms_offer_it(renamed):
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    asked = {
        "app_label": "volunteers",
        "model_name": "volunteerteam",
        "field_name": "area",
        "term": OLD,
    }
    results = json.loads(clerk.client.get("/admin/autocomplete/", asked).text)["results"]
    assert [(one["id"], OLD in one["text"]) for one in results] == [(COMMUNITY, True)]
    assert f"新世纪社区（原{OLD}）" in clerk.sees("/desk/pairings/new/")
    assert f"新世纪社区（原{OLD}）" in renamed.sees("/divisions/change/?kind=merged")


def test_rows_behind_a_figure_are_found_by_it(renamed, client):
    VolunteerTeamFactory(area_id=COMMUNITY, area=Area.objects.get(pk=COMMUNITY), name="老队伍")
    page = client.get("/figures/volunteer_teams/", {"q": OLD}).text
    assert "老队伍" in page


@pytest.mark.parametrize(("role", "area"), [(Role.DISTRICT, DISTRICT), (Role.COMMUNITY, COMMUNITY)])
def test_a_file_is_told_what_to_write(renamed, role, area):
    clerk = Somebody(role, area)
    refused = problems(sends(clerk, "teams", as_csv(sheet("teams", row("teams", area=OLD)))))
    assert any(f"“{OLD}”现为“新世纪社区”，请改填“新世纪社区”。" in said for _, _, said in refused)
    assert not ledgers.get("teams").model.objects.exists()


def test_what_is_called_so_now_is_meant(renamed):
    """The name that one gave up, another may bear."""
    Area.objects.filter(pk=AreaFactory(code=HEIR).pk).update(name=OLD)
    sends(renamed, "teams", as_csv(sheet("teams", row("teams", area=OLD))))
    assert ledgers.get("teams").model.objects.get().area_id == HEIR


def test_it_costs_as_much_however_many(renamed, django_assert_num_queries):
    def asked(number):
        with django_assert_num_queries(number):
            former_names()

    heir = AreaFactory(code=HEIR)
    for count in (1, 5):
        for number in range(count):
            ended = AreaFactory(code=f"62090200500{number + 2}")
            Area.objects.filter(pk=ended.pk).update(valid_to=TODAY(), successor=heir)
        asked(4)
    assert len(former_names()[HEIR]) == 5
