"""Open data: a catalogue, and figures by period, as the pages say them."""

import pytest
from lxml import html

from organizations.enums.base import ServiceCategory
from suzhou_portal.figures.registry import figures
from tests.cases import case
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.organizations import SocialOrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(reference):
    """Organizations of two quarters."""
    community = AreaFactory(code=COMMUNITY)
    SocialOrganizationFactory.create_batch(3, area=community, joined_on="2022-11-02")
    SocialOrganizationFactory.create_batch(2, area=community, joined_on="2023-02-02")


def test_the_catalogue_names_every_figure_for_people_and_programs(client, recorded, settings):
    settings.DATA_LICENCE = "政府开放数据许可"
    query = {"area": DISTRICT, "as_of": "2023-03-31"}
    found = client.get("/data/catalogue.json", query).json()
    assert {one["identifier"] for one in found["dataset"]} == {f.key for f in figures.all()}
    assert (found["license"], found["modified"]) == ("政府开放数据许可", "2023-03-31")
    page = client.get("/data/", query)
    assert all(one["title"] in page.text for one in found["dataset"])
    links = [one["accessURL"] for one in found["distribution"]]
    links += [one["landingPage"] for one in found["dataset"][:3]]
    links += [file["accessURL"] for one in found["dataset"][:3] for file in one["distribution"]]
    assert all(client.get(link).status_code == 200 for link in links)


def test_of_a_ratio_the_records_of_both_parts_are_offered(client, recorded):
    query = {"area": DISTRICT, "as_of": "2023-03-31"}
    found = client.get("/data/catalogue.json", query).json()
    page = client.get("/data/", query).text
    for one in found["dataset"]:
        figure = figures.get(one["identifier"])
        files = [(file["title"], file["accessURL"]) for file in one["distribution"]]
        with case(figure.key):
            parts = figures.parts(figure)
            assert len(files) == (len(parts) or 1)
            assert all(name in page for name, _ in files)
            for part, (name, address) in zip(parts, files, strict=False):
                header = client.get(address).text.splitlines()[0]
                assert part.label in name
                assert all(column.label in header for column in part.columns)


def test_the_catalogue_leads_to_what_answers_by_a_standard(client, recorded):
    query = {"area": DISTRICT, "as_of": "2023-03-31"}
    (service,) = client.get("/data/catalogue.json", query).json()["service"]
    assert client.get(service["endpointURL"]).json()["version"] in service["conformsTo"]
    page = html.fromstring(client.get("/data/", query).text)
    section = page.xpath("//section[@aria-labelledby='services-data']")[0]
    links = section.xpath(".//a/@href")
    assert {"/data/services.json", "/data/organizations.json", "/data/hsds/"} < set(links)
    assert all(client.get(link).status_code == 200 for link in links)
    assert all(category.value in section.text_content() for category in ServiceCategory)
    assert page.xpath("//footer//a[@href='/data/']")


def test_without_a_licence_it_says_so(client, reference):
    assert client.get("/data/catalogue.json").json()["license"] == "待核定"


@pytest.mark.parametrize(("period", "value"), [("2022-Q4", 3), ("2023-Q1", 5), ("2022", 3)])
def test_figures_of_a_period(client, recorded, period, value):
    query = {"area": DISTRICT, "period": period, "as_of": "2023-04-30"}
    rows = client.get("/data/figures.json", query).json()
    row = next(row for row in rows if row["key"] == "organizations")
    assert (row["value"], row["period"]) == (value, period)
    assert f"period={period}" in row["records_url"]


@pytest.mark.parametrize("period", ["2023-13", "2023-Q5", "x", "2999"])
def test_periods_that_are_none(client, recorded, period):
    assert client.get("/data/figures.json", {"period": period}).status_code == 400
