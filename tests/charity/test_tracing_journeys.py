"""M24 to M26: a partnership, its project with what must be disclosed, and a donation traced to its use."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from charity.models import Allocation, CharityResource, DisclosureDuty, Donor, ResourceUse
from suzhou_portal.figures import door
from suzhou_portal.lifecycle.authors import wrote
from tests.committed import both
from tests.factories import BEGUN
from tests.factories import charity as make
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.journeys import Somebody, queries
from tests.rules import assert_database_refuses, assert_refused, assert_rule

ONE = datetime.timedelta(days=1)


def allocated():
    """What an unnamed donor gave, a part of which is agreed for a community; who did it."""
    clerk, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    Somebody("community", COMMUNITY)
    donor = clerk.has_entered("donors", area=DISTRICT, kind="person", name="钱慷慨")
    resource = clerk.has_entered(
        "charity-resources", area=DISTRICT, name="爱心善款", kind="funds", donor=donor, value="1000",
        valued_by="银行回单", received_on=BEGUN,
    )  # fmt: skip
    # When a part of it goes to a community, which another person agrees to
    refused = clerk.enters(
        "allocations", resource=resource, area=COMMUNITY, purpose="慰问", value="1000.01"
    )
    assert refused.context["form"].errors["value"] == ["这项资源只剩1,000.00元可以分配。"]
    allocation = clerk.has_entered(
        "allocations", resource=resource, area=COMMUNITY, purpose="慰问", value="600"
    )
    assert "approve" not in clerk.offered(allocation)
    early = other.takes(allocation, "approve", taken_on=BEGUN - ONE)
    assert "分配日期不能早于资源到位日期" in early.text
    other.has_taken(allocation, "approve", taken_on=BEGUN)
    return clerk, donor, resource, allocation


@pytest.mark.django_db
def test_a_donation_is_followed_to_its_use():
    # Given a donor who did not agree to be named, and a part of the gift agreed for a community
    clerk, donor, resource, allocation = allocated()
    near = Somebody("community", COMMUNITY)
    # When the community signs for it and uses it, never more than it has
    assert "待签收的慈善资源" in near.sees("/desk/")
    too_early = near.enters(
        "resource-uses", of=allocation, used_on=BEGUN, purpose="慰问十户", value="100"
    )
    assert "先办理“签收”" in too_early.text
    near.has_taken(allocation, "deliver", taken_on=BEGUN, receiver="社会工作站")
    near.has_entered(
        "resource-uses", of=allocation, used_on=BEGUN, purpose="慰问十户", value="450",
        beneficiaries=10,
    )  # fmt: skip
    more = near.enters("resource-uses", of=allocation, used_on=BEGUN, purpose="再慰问", value="151")
    assert more.context["form"].errors["value"] == ["这笔分配只剩150.00元。"]
    near.has_taken(allocation, "settle")
    # Then what is left returns to the resource, and anybody follows it without learning the name
    assert resource.left_value == 550
    page = Client().get(f"/charity/resources/{resource.pk}/").text
    for text in ("爱心人士", "慰问十户", "450", "退回", "10人次受益"):
        assert text in page
    assert "钱慷慨" not in page
    assert "钱慷慨" not in Client().get("/charity/resources/").text
    assert door.value("charity_allocated", COMMUNITY, allocation.settled_on).value == 450
    assert door.value("charity_used", COMMUNITY, allocation.settled_on).value == 450
    # And once the donor agrees, the name is there
    clerk.corrects(donor, consented_on=BEGUN)
    assert "钱慷慨" in Client().get(f"/charity/resources/{resource.pk}/").text


@pytest.mark.django_db
def test_no_public_page_names_who_did_not_agree():
    # Given a donor without consent, whose name somebody has typed as the public one too
    donor = make.DonorFactory(name="钱慷慨", area__code=DISTRICT)
    make.CharityResourceFactory(donor=donor, donor_public="钱慷慨", area=donor.area)
    pages = (
        "/charity/resources/", f"/areas/{DISTRICT}/resources/", "/figures/charity_value/",
        "/figures/charity_value/rows.csv",
    )  # fmt: skip
    for path in pages:
        response = Client().get(path)
        assert response.status_code == 200, path
        text = b"".join(response).decode()
        assert "钱慷慨" not in text
        assert "爱心人士" in text, path


@pytest.mark.django_db
def test_goods_are_counted_too():
    clerk = Somebody("district", DISTRICT)
    rice = make.CharityResourceFactory(area__code=DISTRICT, quantity=10, unit="袋")
    AreaFactory(code=COMMUNITY)
    asked = {"resource": rice, "area": COMMUNITY, "purpose": "发放", "value": "100"}
    missing = clerk.enters("allocations", **asked)
    assert missing.context["form"].errors["quantity"] == ["这项资源有数量，请填分配数量。"]
    over = clerk.enters("allocations", quantity=11, **asked)
    assert over.context["form"].errors["quantity"] == ["这项资源只剩10袋可以分配。"]
    clerk.has_entered("allocations", quantity=4, **asked)
    fewer = clerk.takes(rice, "amend", quantity=3, note="点错了")
    assert fewer.context["form"].errors["quantity"] == ["已分配的数量超过了这个数。"]


@pytest.mark.django_db
def test_what_was_given_on_is_corrected_by_two_people_only():
    # Given a gift of which nothing was given on: whoever keeps it corrects it
    clerk, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    gift = make.CharityResourceFactory(area__code=DISTRICT, value=Decimal(1000))
    assert "amend" not in clerk.offered(gift)
    clerk.corrects(gift, value=900)
    gift.refresh_from_db()
    assert gift.value == 900
    # When a part of it is to go on, neither a form nor the database changes it
    given = make.AllocationFactory(resource=gift, area__code=COMMUNITY, value=Decimal(100))
    assert clerk.corrects(gift, value=800).status_code == 404
    gift.refresh_from_db()
    gift.value = 800
    with pytest.raises(IntegrityError, match="内容已经定下"), transaction.atomic():
        gift.save()
    # Then one asks for it and another agrees
    clerk.takes(gift, "amend", value=800, note="银行回单写错")
    assert "900.00 → 800.00" in other.sees(f"/desk/charity-resources/{gift.pk}/")
    other.client.post(f"/desk/charity-resources/{gift.pk}/amendment/", {"accept": "1"})
    gift.refresh_from_db()
    assert gift.value == 800
    assert wrote(clerk.user, gift)
    assert not wrote(other.user, gift)
    # And it is open again once nothing rests on it any more
    other.has_taken(given, "withdraw", note="不再需要")
    clerk.corrects(gift, name="另一笔善款")
    gift.refresh_from_db()
    assert gift.name == "另一笔善款"


@pytest.mark.django_db
def test_a_partnership_is_agreed_renewed_and_ended():
    clerk = Somebody("district", DISTRICT)
    foundation = make.FoundationFactory(area__code=DISTRICT)
    partnership = clerk.has_entered("partnerships", area=DISTRICT, foundation=foundation)
    # While they talk nothing is public and nothing counts
    assert str(foundation) not in Client().get("/open/partnerships/").text
    assert door.value("foundations", DISTRICT, BEGUN).value == 0
    clerk.has_taken(
        partnership, "agree", taken_on=BEGUN, summary="共建儿童之家", valid_to=BEGUN + 90 * ONE
    )
    assert door.value("foundations", DISTRICT, BEGUN).value == 1
    assert "即将到期的基金会合作" in clerk.sees("/desk/")
    earlier = clerk.takes(partnership, "renew", valid_to=BEGUN + ONE)
    assert earlier.context["form"].errors["valid_to"] == ["续签后的到期日期应晚于原到期日期。"]
    make.CharityResourceFactory(partnership=partnership, value=Decimal(500))
    page = Client().get(f"/open/partnerships/{partnership.pk}/").text
    assert "1笔，价值500.00元" in page
    clerk.has_taken(partnership, "end", outcome="建成儿童之家三处")


@pytest.mark.django_db
def test_strangers_are_refused():
    elsewhere = Somebody("community", "620902004005")
    used = make.ResourceUseFactory(area__code=COMMUNITY)
    assert elsewhere.client.get(f"/desk/resource-uses/{used.pk}/").status_code == 404
    assert (
        elsewhere.client.get(f"/desk/allocations/{used.allocation_id}/settle/").status_code == 404
    )
    near = Somebody("community", COMMUNITY)
    proposed = make.AllocationFactory(area=used.area)
    assert near.takes(proposed, "approve").status_code == 403
    street = Somebody("street", STREET)
    street.has_taken(proposed, "approve")


@pytest.mark.django_db
def test_a_donation_costs_the_same_however_often_it_was_used():
    browser = Client()
    used = make.ResourceUseFactory()
    path = f"/charity/resources/{used.allocation.resource_id}/"
    few = queries(browser, path)
    for number in range(3):
        make.ResourceUseFactory(allocation=used.allocation, purpose=f"慰问第{number}户")
    assert queries(browser, path) == few


@pytest.mark.django_db
class TestTheDatabaseItself:
    """Past every form."""

    def test_never_more_allocated_than_received(self):
        allocation = make.AllocationFactory(resource__quantity=5, quantity=5)
        rows = Allocation.objects.filter(pk=allocation.pk)
        assert_database_refuses(lambda: rows.update(value=Decimal("1000.01")))
        assert_database_refuses(lambda: rows.update(quantity=6))
        assert_database_refuses(lambda: CharityResource.objects.update(value=Decimal("599.99")))
        assert_database_refuses(lambda: CharityResource.objects.update(quantity=4))
        again = {"resource": allocation.resource, "area": allocation.area, "quantity": 1}
        with pytest.raises(IntegrityError):
            make.AllocationFactory(value=Decimal(1), **again)

    def test_what_is_withdrawn_is_free_again(self):
        taken = make.AllocationFactory(state="withdrawn", value=Decimal(900))
        make.AllocationFactory(resource=taken.resource, area=taken.area, value=Decimal(1000))
        assert_database_refuses(
            lambda: Allocation.objects.filter(pk=taken.pk).update(state="proposed")
        )

    def test_never_more_used_than_allocated_nor_before_it_came(self):
        used = make.ResourceUseFactory()
        uses = ResourceUse.objects.filter(pk=used.pk)
        assert_database_refuses(lambda: uses.update(value=Decimal("600.01")))
        assert_database_refuses(lambda: uses.update(used_on=BEGUN - ONE))
        assert_database_refuses(lambda: uses.update(area=STREET))
        assert_database_refuses(lambda: Allocation.objects.update(value=Decimal(99)))
        assert_database_refuses(lambda: Allocation.objects.update(delivered_on=None))

    @pytest.mark.parametrize(
        ("factory", "broken", "message"),
        [
            (make.CharityResourceFactory, {"donor_public": ""}, "请选择捐赠人，或填写公开的捐赠方。"),
            (make.AllocationFactory, {"value": 0}, "分配的价值和数量须大于0。"),
            (make.AllocationFactory, {"returned_value": 601}, "退回的不能超过分配的。"),
            (
                make.PartnershipFactory, {"started_on": None}, "签约的合作须有开始日期。",
            ),
            (
                make.PartnershipFactory, {"valid_to": BEGUN - ONE}, "协议到期不能早于开始日期。",
            ),
            (
                make.CharityProjectFactory, {"planned_to": BEGUN - ONE}, "计划结束不能早于开始日期。",
            ),
            (
                make.CharityProjectFactory, {"state": "done"},
                "实施中的项目须有开始日期，结项或终止的须有结束日期。",
            ),
            (
                make.DisclosureDutyFactory, {"state": "disclosed"}, "公开须有公开日期和公开内容。",
            ),
        ],
    )  # fmt: skip
    def test_rules(self, factory, broken, message):
        assert_rule(factory, broken, message)

    def test_a_donor_has_a_name(self):
        make.DonorFactory()
        assert_database_refuses(lambda: Donor.objects.update(name=""))

    def test_what_is_there_once(self):
        duty = make.DisclosureDutyFactory(kind="final")
        again = DisclosureDuty(
            area=duty.area, project=duty.project, kind="final", due_on=duty.due_on + ONE
        )
        assert_refused(again, "该项目的全面公开已有。")


def test_two_who_allocate_the_rest_at_once(committed):
    # Given a resource of which one thousand is left, and two people who each give away six hundred
    resource = make.CharityResourceFactory(value=Decimal(1000))

    def give(purpose):
        try:
            make.AllocationFactory(resource=resource, area=resource.area, purpose=purpose)
        except IntegrityError:
            return False
        return True

    done = both(resource, lambda: give("慰问"), lambda: give("助学"))
    # Then one has it, and the other is refused
    assert sorted(done) == [False, True]
    assert Allocation.objects.filter(resource=resource).count() == 1
