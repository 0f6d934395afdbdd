"""The public pages with the demonstration's records."""

import re

import pytest

from communities.models import CommunityProfile, PayMonth
from organizations.models import ServiceItem
from organizations.models.services import SEARCHED
from tests.cases import case
from tests.pages.addresses import PAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_with_demonstration(client):
    for page in PAGES:
        with case(page):
            response = client.get(page)
            assert response.status_code == 200
            if "text/html" in response["Content-Type"]:
                assert "演示数据" in response.text
                assert "2023年4月30日" in response.text
                assert 'lang="zh-CN"' in response.text


def walked(client, query):
    """The services of all pages, one page after the other."""
    page = client.get("/services/", query).context["page_obj"]
    rest = walked(client, query | {"page": page.next}) if page.next else []
    return [*page, *rest]


def test_every_number_is_dialled_as_phones_can(client):
    """Of an extension, which people read after 转, phones understand a comma."""
    extended = ServiceItem.objects.filter(withdrawn_on__isnull=True).first()
    community = CommunityProfile.objects.first()
    for one in (extended, community):
        type(one).objects.filter(pk=one.pk).update(phone="0937-2610000转123")
    pages = [*PAGES, f"/areas/{community.area_id}/"]
    pages += [
        one.get_absolute_url() for one in ServiceItem.objects.filter(withdrawn_on__isnull=True)
    ]
    found = {
        page: re.findall(r'href="tel:([^"]*)"', client.get(page).content.decode(errors="ignore"))
        for page in pages
    }
    numbers = {number for many in found.values() for number in many}
    # The cards of services like it come after its own number.
    assert found[extended.get_absolute_url()][0] == "09372610000,123"
    assert "09372610000,123" in found[f"/areas/{community.area_id}/"]
    assert "0937-2610000转123" in client.get(extended.get_absolute_url()).text
    assert [number for number in numbers if not re.fullmatch(r"\+?\d+(,\d+)?", number)] == []


class TestServices:
    def test_a_resident_finds_home_care_of_their_community(self, client):
        response = client.get("/services/?area=620902004004&category=home_elderly_care")
        items = response.context["page_obj"].object_list
        assert items
        for item in items:
            assert "620902004004".startswith(item.area_id)
        page = client.get(items[0].get_absolute_url()).text
        item = items[0]
        for fact in (item.name, item.schedule, item.place, item.get_fee_display(), item.phone):
            assert fact in page
        assert f'href="tel:{item.phone.replace("-", "")}"' in page

    @pytest.mark.parametrize("keyword", ["养老", "老", "午餐配送", "助浴", "中心"])
    def test_keywords_find_what_contains_them(self, client, keyword):
        """And what is said otherwise, which comes after."""
        found = [item.pk for item in walked(client, {"q": keyword})]
        listed = ServiceItem.objects.filter(withdrawn_on__isnull=True)
        expected = {
            item.pk
            for item in listed
            if any(keyword in str(getattr(item, field)) for field in SEARCHED)
        }
        assert expected
        assert expected <= {*found}
        assert len(found) == len({*found})

    def test_paging_keeps_the_filters(self, client):
        page = client.get("/services/?fee=free&sort=name").text
        assert "fee=free&amp;sort=name&amp;page=" in page

    def test_nothing_found_offers_a_way_on(self, client):
        text = client.get("/services/?q=量子计算").text
        assert 'class="empty"' in text

    def test_a_withdrawn_service_says_so_and_is_in_no_list(self, client):
        withdrawn = ServiceItem.objects.filter(withdrawn_on__isnull=False).first()
        page = client.get(withdrawn.get_absolute_url()).text
        assert "停止" in page
        assert "tel:" not in page.split("附近的同类服务")[0]
        assert withdrawn not in walked(client, {"q": withdrawn.name})


class TestPrivacy:
    def test_no_page_tells_what_one_person_earns(self, client):
        pay = PayMonth.objects.select_related("post__person").first()
        page = client.get("/figures/average_monthly_pay/", {"area": pay.area_id}).text
        assert pay.post.person.name not in page
        assert f"{pay.gross:,}" not in page.split("计入的记录")[1]

    def test_names_are_masked(self, client):
        page = client.get("/figures/recruited_workers/")
        person = page.context["page"].object_list[0].person
        assert person.name not in page.text
        assert person.masked_name in page.text
