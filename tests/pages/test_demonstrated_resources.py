"""M8 with the demonstration: each number is that of a full list, and every register is linked."""

import pytest

from suzhou_portal.dashboards.resources import FIRST_ROWS, RESOURCES
from suzhou_portal.records.kinds import kinds
from suzhou_portal.records.parties import Party
from tests.pages.resources import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.mark.parametrize("code", ["620902", "620902004", "620902004004"])
def test_each_number_is_that_of_the_full_list(client, code):
    sections = shown(client, code)
    assert set(sections) == {resource.key for resource in RESOURCES}
    for section in sections.values():
        context = client.get(section.url).context
        page = context["page"] if "page" in context else context["page_obj"]
        assert page.capped or section.total == page.count, section.resource.key
        assert len(section.rows) == min(FIRST_ROWS, section.total)


def test_a_resident_reads_the_rows_and_no_full_name_or_phone_of_a_person(client):
    page = client.get("/areas/620902004004/resources/").text
    sections = shown(client, "620902004004")
    for section in sections.values():
        assert all(cell in page for row in section.rows for cell in row)
    assert all(row[0].endswith("*") for row in sections["workers"].rows)
    assert all(row[2].endswith("*") for row in sections["grids"].rows)


def test_the_page_of_the_division_leads_there_and_to_every_register(client):
    page = client.get("/areas/620902004004/").text
    assert 'href="/areas/620902004004/resources/"' in page
    for desk in kinds.public():
        assert f'href="/open/{desk.name}/?area=620902004004"' in page
        assert client.get(f"/open/{desk.name}/?area=620902004004").status_code == 200


@pytest.mark.parametrize("party", Party)
def test_the_page_of_a_party_leads_to_its_registers(client, party):
    page = client.get(f"/dashboard/{party.value}/").text
    own = {desk.name for desk in kinds.public(party)}
    assert own == {d.name for d in kinds.public() if f'href="/open/{d.name}/"' in page}
