"""M24, M26, M8: what a charity project got and used, in money and pieces, and what is still free."""

from decimal import Decimal

import pytest
from django.utils.html import escape

from charity.models import ResourceUse
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.charity import CharityProjectFactory, CharityResourceFactory
from tests.factories.cobuilding import CoBuildingNeedFactory, CoBuildingResourceFactory
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
    used = {
        "used_on": allocation.delivered_on,
        "purpose": "午餐",
        "value": "500",
        "quantity": "10",
        "beneficiaries": 7,
    }
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


def test_a_use_that_was_reversed_is_told_of_no_project(client, rice):
    """Nor of the resource, in money and in pieces."""
    project = CharityProjectFactory(area=rice.area, state="running", started_on="2022-06-01")
    given(rice, project, "2000", "40")
    page = f"/charity/projects/{project.pk}/"
    assert "已使用500元" in client.get(page).text
    assert f"{rice.area}接收和使用，受益7人次" in client.get(page).text
    assert "爱心企业捐赠" in client.get(page).text
    assert client.get(page).text.count("没有记录") == 3
    use = ResourceUse.objects.get()
    Somebody("district", DISTRICT).has_taken(use, "reverse", note="登记有误")
    for address in (page, f"/charity/resources/{rice.pk}/"):
        assert "已使用500元" not in client.get(address).text
    assert "受益0人次" in client.get(page).text
    assert "已分配40袋，已使用0袋" in client.get(f"/charity/resources/{rice.pk}/").text


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
    assign = f"/desk/allocations/new/?resource={rice.pk}"
    assert f'href="{assign}">安排使用' in clerk.sees(page)
    before, own = queries(client, f"{page}?as_of="), queries(clerk.client, page)
    for _ in range(3):
        CharityResourceFactory(area=rice.area)
    assert queries(client, f"{page}?as_of=") == before
    assert queries(clerk.client, page) == own
    # The form has the resource filled in and says what is left of it; more than that is refused
    assert f'<a class="btn btn-outline-primary" href="{assign}">分配' in clerk.sees(
        f"/desk/charity-resources/{rice.pk}/"
    )
    form = clerk.client.get(assign)
    assert form.context["form"].initial["resource"] == str(rice.pk)
    assert "尚可安排：8,000.00元，160袋" in form.text
    sent = {
        "resource": rice.pk,
        "area": COMMUNITY,
        "purpose": "慰问",
        "value": "9000",
        "quantity": "9",
    }
    assert "只剩8,000.00元" in clerk.client.post(assign, sent).text
    made = clerk.client.post(assign, sent | {"value": "8000", "quantity": "160"}, follow=True)
    assert "慰问" in made.text
    assert rice.allocations.get(purpose="慰问").state == "proposed"
    # With nothing left there is nothing to assign any more
    assert assign not in clerk.sees(page)
    assert "尚可安排：0.00元" in clerk.sees(assign)


def test_who_may_not_assign_is_not_led_there(client, rice):
    assign, page = f"/desk/allocations/new/?resource={rice.pk}", f"/areas/{COMMUNITY}/resources/"
    worker, other = Somebody("grid_worker", COMMUNITY), Somebody("community", "620902004005")
    for somebody in (worker, other):
        assert assign not in somebody.sees(page)
    assert worker.client.get(assign).status_code == worker.client.post(assign).status_code == 403
    # The form of another community neither tells of it nor takes it
    assert "大米" not in other.sees(assign)
    other.client.post(
        assign, {"resource": rice.pk, "area": "620902004005", "purpose": "慰问", "value": "1"}
    )
    assert not rice.allocations.exists()


def test_a_resource_of_a_unit_is_assigned_to_a_project_of_its_agreement(client):
    resource = CoBuildingResourceFactory(
        area=AreaFactory(code=COMMUNITY), title="会议室", quantity=10, unit="场"
    )
    need = CoBuildingNeedFactory(area=resource.area, agreement=resource.agreement)
    clerk = Somebody("community", COMMUNITY)
    assign = f"/desk/co-building-projects/new/?resource={resource.pk}&of={resource.agreement_id}"
    assert escape(assign) in clerk.sees(f"/areas/{COMMUNITY}/resources/?as_of={BEGUN}")
    assert "尚可安排：10场" in clerk.client.get(assign).text
    sent = {
        "name": "义诊",
        "need": need.pk,
        "resource": resource.pk,
        "quantity": "11",
        "planned_on": BEGUN,
    }
    assert "只剩10场可用" in clerk.client.post(assign, sent).text
    assert clerk.client.post(assign, sent | {"quantity": "4"}).status_code == 302
    assert resource.projects.get().agreement == resource.agreement
    assert "尚可安排：6场" in clerk.client.get(assign).text
    district = Somebody("district", DISTRICT)  # which only sees what units give
    assert escape(assign) not in district.sees(f"/desk/co-building-resources/{resource.pk}/")
    assert district.client.get(assign).status_code == 403
