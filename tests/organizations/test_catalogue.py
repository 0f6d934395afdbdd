"""What a service's card and page say: whom to call, when it was verified, what replaced it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from organizations.models import ServiceItem
from suzhou_portal.accounts.roles import Role
from suzhou_portal.finding.asking import ask_url
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.organizations import ServiceItemFactory
from tests.journeys import Somebody
from tests.rules import assert_rule

pytestmark = pytest.mark.django_db
OLD = "久未核实"
ADMIN = "/admin/organizations/serviceitem/"


def days_ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def test_a_card_and_a_page_call(client):
    item = ServiceItemFactory(phone="0937-2622222转8")
    for address in ("/services/", item.get_absolute_url()):
        assert 'href="tel:09372622222,8"' in client.get(address).text


@pytest.mark.parametrize(("days", "marked"), [(180, False), (181, True)])
def test_what_nobody_verified_for_long_is_marked(client, days, marked):
    item = ServiceItemFactory(verified_on=days_ago(days))
    area = f"/areas/{item.area_id}/"
    for address in ("/services/", item.get_absolute_url(), area):
        assert (OLD in client.get(address).text) is marked


def test_after_how_long_is_a_setting(client, settings):
    settings.SERVICE_VERIFIED_DAYS = 30
    ServiceItemFactory(verified_on=days_ago(31))
    assert OLD in client.get("/services/").text


def test_its_keeper_has_a_todo_and_verifies_with_one_click():
    old = ServiceItemFactory(verified_on=days_ago(200))
    ServiceItemFactory(area=AreaFactory(code="620902004005"), verified_on=days_ago(200))
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    assert "180天以上未核实的服务项目" in clerk.sees("/desk/")
    everything = list(ServiceItem.objects.values_list("pk", flat=True))
    sent = {"action": "verify", "_selected_action": everything}
    assert clerk.client.post(ADMIN, sent).status_code == 302
    assert clerk.client.post(ADMIN, sent).status_code == 302
    verified = ServiceItem.objects.filter(verified_on=timezone.localdate())
    assert [one.pk for one in verified] == [old.pk]
    assert "未核实的服务项目" not in clerk.sees("/desk/")


def test_who_only_reads_verifies_nothing():
    ServiceItemFactory(verified_on=days_ago(200))
    reader = Somebody(Role.GRID_WORKER, COMMUNITY)
    assert "verify" not in reader.sees(ADMIN)
    sent = {"action": "verify", "_selected_action": [ServiceItem.objects.get().pk]}
    reader.client.post(ADMIN, sent)
    assert not ServiceItem.objects.filter(verified_on=timezone.localdate()).exists()


def test_a_withdrawn_one_says_what_replaced_it(client):
    new = ServiceItemFactory(name="新的")
    old = ServiceItemFactory(name="旧的", withdrawn_on=BEGUN, replaced_by=new)
    page = client.get(old.get_absolute_url())
    assert page.status_code == 200
    assert f'请改用 <a href="{new.get_absolute_url()}">新的</a>' in page.text
    assert "拨打 " not in page.text.split('id="alike"')[0]
    assert "旧的" not in client.get("/services/").text


def test_one_to_come_is_not_there_yet(client):
    soon = ServiceItemFactory(published_on=BEGUN)
    ServiceItem.objects.update(published_on=days_ago(-3))
    assert client.get(soon.get_absolute_url()).status_code == 404


def test_only_a_withdrawn_one_is_replaced_and_by_another():
    new, message = ServiceItemFactory(), "停止了的服务才由另一项代替。"
    assert_rule(ServiceItemFactory, {"replaced_by_id": new.pk}, message)
    new.withdrawn_on, new.replaced_by = BEGUN, new
    with pytest.raises(ValidationError, match="请选择另一项服务。"):
        new.full_clean()


def test_asking_is_offered_where_nothing_is_found(client):
    assert "提出需要" in client.get("/services/?q=游泳").text
    assert ask_url(q="游泳", area="") == f"{reverse('ask')}?q=%E6%B8%B8%E6%B3%B3"


def test_it_is_found_by_its_other_names(client):
    ServiceItemFactory(name="老年食堂", aliases="饭桌、长者餐厅")
    for query in ("饭桌", "zhangzhecanting", "zzct"):
        page = client.get("/services/", {"q": query})
        assert [one.name for one in page.context["object_list"]] == ["老年食堂"]
