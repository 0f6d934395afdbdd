"""Services and organizations as open data: what is told, to which question, and nothing that no page shows."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organizations.models import ServiceItem
from suzhou_portal.areas.models import Area
from suzhou_portal.merging.merge import merge
from suzhou_portal.open_data import identifier, number_in
from tests.cases import case
from tests.factories import BEGUN
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory
from tests.organizations.hsds import ORGANIZATIONS, SERVICES, everything, ids, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def community(reference):
    return Area.objects.get(pk=COMMUNITY)


def test_what_a_service_says(community, client):
    provider = SocialOrganizationFactory(area=community, name="夕阳红", credit_code="")
    one = ServiceItemFactory(
        area=community, provider=provider, provider_name="夕阳红", name="老年助餐", fee="low",
        fee_note="每餐8元", what_to_bring="身份证", contact="值班室", category="home_elderly_care",
    )  # fmt: skip
    told = client.get(f"/data/services/{identifier('service', one.pk)}.json").json()
    assert told["url"] == f"http://testserver/services/{one.pk}/"
    assert (told["status"], told["assured_date"]) == ("active", one.verified_on.isoformat())
    assert told["phones"][0]["number"] == one.phone
    assert told["contacts"][0]["title"] == "值班室"
    assert told["schedules"][0]["description"] == one.schedule
    assert told["cost_options"][0]["option"] == "低偿"
    assert "amount" not in told["cost_options"][0]
    assert told["required_documents"][0]["document"] == "身份证"
    term = told["attributes"][0]["taxonomy_term"]
    assert (term["code"], term["name"]) == ("home_elderly_care", "居家养老")
    (address,) = told["service_at_locations"][0]["location"]["addresses"]
    where = [address[name] for name in ("country", "state_province", "city", "region")]
    assert where == ["CN", "甘肃省", "酒泉市", "肃州区"]
    assert told["organization"]["id"] == identifier("organization", provider.pk)
    assert "alert" not in told
    free = ServiceItemFactory(area=community, fee="free", is_demo=True)
    told = client.get(f"/data/services/{identifier('service', free.pk)}.json").json()
    assert told["cost_options"][0]["amount"] == 0
    assert "演示" in told["alert"]


def test_only_what_is_public(community, client):
    shown = ServiceItemFactory(area=community)
    hidden = [
        ServiceItemFactory(area=community, published_on="2021-01-01", withdrawn_on="2021-02-01"),
        ServiceItemFactory(area=AreaFactory(code="620903")),
    ]
    assert ids(client, SERVICES) == of(shown)
    for one in of(*hidden):
        assert client.get(f"/data/services/{one}.json").status_code == 404
    person = {"contact": "王小明", "phone": "13812345678", "representative": "李大同"}
    inside = SocialOrganizationFactory(area=community, **person)
    ServiceItemFactory(area=community, provider=inside, provider_name=inside.name)
    outside = SocialOrganizationFactory(area=AreaFactory(code="620903"))
    theirs = ServiceItemFactory(area=community, provider=outside, provider_name=outside.name)
    assert ids(client, ORGANIZATIONS) == [identifier("organization", inside.pk)]
    gone = client.get(f"/data/organizations/{identifier('organization', outside.pk)}.json")
    assert gone.status_code == 404
    told = client.get(f"/data/services/{of(theirs)[0]}.json").json()["organization"]
    assert set(told) == {"id", "name", "description"}
    assert client.get(f"/data/organizations/{told['id']}.json").json()["name"] == outside.name
    assert ids(client, SERVICES, organization_id=told["id"]) == of(theirs)
    assert ids(client, SERVICES, organization_id=identifier("organization", outside.pk)) == []
    for path in (SERVICES, ORGANIZATIONS):
        text = client.get(path, {"full": "true"}).text
        assert not any(one in text for one in person.values())


def test_an_organization_that_has_ended_says_so(community, client):
    one = SocialOrganizationFactory(area=community, joined_on=BEGUN, deregistered_on="2023-01-01")
    assert ids(client, ORGANIZATIONS) == []
    told = client.get(f"/data/organizations/{identifier('organization', one.pk)}.json").json()
    assert "2023-01-01注销" in told["description"]
    assert told["services"] == []


def test_a_merged_organization_leads_on_to_the_one_that_stays(community, client):
    kept, gone = SocialOrganizationFactory.create_batch(2, area=community)
    former, stays = (identifier("organization", one.pk) for one in (gone, kept))
    merge(kept, gone, by=None)
    for root, ending in (("/data/", ".json"), ("/data/hsds/", "")):
        answer = client.get(f"{root}organizations/{former}{ending}")
        assert answer.headers["Location"] == f"{root}organizations/{stays}{ending}"


def test_filters_hold_together(community, client):
    meal = ServiceItemFactory(area=community, name="老年助餐", category="home_elderly_care")
    talk = ServiceItemFactory(area=community, name="老年课堂", category="culture")
    district = ServiceItemFactory(area=AreaFactory(code=DISTRICT), name="全区助餐")
    far = ServiceItemFactory(area=AreaFactory(code="620902001001"), name="社区助餐")
    culture = identifier("category/culture")
    for query, expected in [
        ({"area": COMMUNITY}, [meal, talk, district]),
        ({"search": "助餐"}, [meal, district, far]),
        ({"search": "助餐", "area": COMMUNITY}, [meal, district]),
        ({"category": "culture"}, [talk]),
        ({"taxonomy_term_id": culture}, [talk]),
        ({"taxonomy_term_id": culture, "category": "home_elderly_care"}, []),
        ({"taxonomy_term_id": identifier("x")}, []),
        ({"organization_id": identifier("x", 7)}, []),
        ({"organization_id": "00000000-0000-0000-0000-000000000000"}, []),
    ]:
        with case(query):
            assert ids(client, SERVICES, **query) == of(*expected)
    one = SocialOrganizationFactory(area=community, name="夕阳红")
    SocialOrganizationFactory(area=AreaFactory(code="620902001001"), name="朝阳")
    for query in ({"area": COMMUNITY}, {"search": "夕阳"}):
        assert ids(client, ORGANIZATIONS, **query) == [identifier("organization", one.pk)]


def test_what_cannot_be_asked(reference, client):
    for path in (SERVICES, ORGANIZATIONS):
        for query, status in [
            ("page=0", 400), ("page=x", 400), ("page=2", 404), ("page=" + "9" * 400, 400),
            ("per_page=0", 400), ("per_page=101", 400), ("full=x", 400), ("search=%00", 400),
            ("search=" + "长" * 51, 400), ("area=x", 400), ("area=620903", 404), ("page=-1", 400),
            ("nonsense=1", 200), ("page=", 200),
        ]:  # fmt: skip
            with case(path, query):
                response = client.get(f"{path}?{query}")
                assert response.status_code == status
                assert status == 200 or "误" in response.text or "没有" in response.text
    for query in ("category=x", "taxonomy_term_id=x", "organization_id=1"):
        assert "填写有误" in client.get(f"{SERVICES}?{query}").text


@pytest.mark.parametrize("what", ["services", "organizations"])
def test_identifiers_that_lead_nowhere(reference, client, what):
    kind = what.removesuffix("s")
    for wrong in (identifier(kind, 0), identifier(kind, (1 << 62) - 1), identifier("x", 1),
                  "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"):  # fmt: skip
        response = client.get(f"/data/{what}/{wrong}.json")
        assert response.status_code == 404
        assert "没有" in response.text
    assert client.get(f"/data/{what}/1.json").status_code == 404


def test_an_identifier_is_of_one_kind_on_one_portal(settings):
    one = UUID(identifier("service", 7))
    assert (one.version, one.variant) == (8, "specified in RFC 4122")
    assert identifier("service", 7) == str(one) == identifier("service", 7)
    assert (number_in("service", one), number_in("organization", one)) == (7, None)
    settings.PORTAL_AREA = "620903"
    assert identifier("service", 7) != str(one)
    assert number_in("service", one) is None


def test_a_body_beside_the_register_keeps_its_identifier(community, client):
    services = ServiceItemFactory.create_batch(2, area=community, provider_name="康复医院")
    told = everything(client, SERVICES)
    assert len({one["organization"]["id"] for one in told}) == 1
    ServiceItem.objects.filter(pk=services[0].pk).delete()
    whole = client.get(f"/data/organizations/{told[0]['organization']['id']}.json").json()
    assert [one["id"] for one in whole["services"]] == of(services[1])


def test_one_row_and_three_cost_the_same(community, client):
    def cost(path):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    def add():
        provider = SocialOrganizationFactory(area=community)
        return ServiceItemFactory(area=community, provider=provider, provider_name=provider.name)

    first = add()
    ServiceItemFactory(area=community, provider_name="康复医院")
    body = everything(client, SERVICES)[1]["organization"]["id"]
    paths = [
        SERVICES, f"{SERVICES}?full=true", f"{SERVICES}?organization_id={body}", ORGANIZATIONS,
        f"{ORGANIZATIONS}?full=true", f"/data/services/{of(first)[0]}.json",
        f"/data/organizations/{identifier('organization', first.provider_id)}.json",
        f"/data/organizations/{body}.json",
    ]  # fmt: skip
    before = {path: cost(path) for path in paths}
    for _ in range(2):
        add()
        ServiceItemFactory(area=community, provider_name="康复医院")
        ServiceItemFactory(area=community, provider=first.provider, provider_name="x")
    assert {path: cost(path) for path in paths} == before
