"""M24, M26, M8: what a charity project got and used, in money and pieces, and what is still free."""

from decimal import Decimal

import pytest

from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.charity import CharityProjectFactory, CharityResourceFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def rice(db):
    """Two hundred bags of rice, received."""
    area = AreaFactory(code=COMMUNITY)
    return CharityResourceFactory(
        area=area,
        name="大米",
        kind="goods",
        value=Decimal(10_000),
        quantity=Decimal(200),
        unit="袋",
    )


def given(resource, project, value, quantity):
    """A part of it, proposed, agreed to, signed for and partly used."""
    clerk, chief = Somebody("community", COMMUNITY), Somebody("district", DISTRICT)
    allocation = clerk.has_entered(
        "allocations", resource=resource, project=project, area=COMMUNITY, purpose="助餐",
        value=value, quantity=quantity,
    )  # fmt: skip
    chief.has_taken(allocation, "approve")
    clerk.has_taken(allocation, "deliver", receiver="社区食堂")
    used = {"used_on": allocation.delivered_on, "purpose": "午餐", "value": "500", "quantity": "10"}
    clerk.has_entered("resource-uses", of=allocation, **used)
    return allocation


def test_a_project_shows_what_it_was_given_and_the_trace_counts_pieces(client, rice):
    project = CharityProjectFactory(area=rice.area, state="running", started_on="2022-06-01")
    page = f"/charity/projects/{project.pk}/"
    assert page in client.get("/charity/").text
    assert "还没有分配给这个项目" in client.get(page).text
    given(rice, project, "2000", "40")
    shown = client.get(page).text
    for said in ("大米", "40袋", "已使用", "助餐", f"/charity/resources/{rice.pk}/"):
        assert said in shown
    trace = client.get(f"/charity/resources/{rice.pk}/").text
    assert "200袋；已分配40袋，已使用10袋，尚未分配160袋" in trace
    assert page in trace


def test_what_is_planned_is_no_public_page(client):
    assert (
        client.get(
            f"/charity/projects/{CharityProjectFactory(state='planned', started_on=None).pk}/"
        ).status_code
        == 404
    )


def test_a_community_sees_what_is_free_and_assigns_it(client, rice):
    given(rice, None, "2000", "40")
    page = f"/areas/{COMMUNITY}/resources/"
    assert "8,000.00元，160袋" in client.get(page).text
    assert "安排使用" not in client.get(page).text
    clerk = Somebody("community", COMMUNITY)
    assert 'href="/desk/allocations/">安排使用' in clerk.sees(page)
    before = queries(client, f"{page}?as_of=")
    for _ in range(3):
        CharityResourceFactory(area=rice.area)
    assert queries(client, f"{page}?as_of=") == before
