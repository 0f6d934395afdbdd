"""The records of charity."""

from decimal import Decimal

from factory import SelfAttribute, Sequence, SubFactory

from charity import models
from charity.enums.base import CharityField, CharityMode, ResourceKind
from charity.enums.tracing import DonorKind, DutyKind
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


class FoundationFactory(AreaRecordFactory):
    class Meta:
        model = models.Foundation

    name = Sequence(lambda number: f"基金会{number}")


class PartnershipFactory(AreaRecordFactory):
    class Meta:
        model = models.Partnership

    foundation = SubFactory(FoundationFactory)
    long_term = True
    started_on = BEGUN
    state = "agreed"


class PartnershipTalkFactory(AreaRecordFactory):
    class Meta:
        model = models.PartnershipTalk

    partnership = SubFactory(
        PartnershipFactory, area=SelfAttribute("..area"), state="talking", started_on=None
    )
    talked_on = BEGUN
    counterpart = "周某某"
    said = Sequence(lambda number: f"商谈第{number}项合作")


class CharityResourceFactory(AreaRecordFactory):
    class Meta:
        model = models.CharityResource

    name = Sequence(lambda number: f"捐赠{number}")
    kind = ResourceKind.GOODS
    value = Decimal("1000.00")
    valued_by = "发票"
    quantity = Decimal(100)
    unit = "件"
    donor_public = "爱心企业"
    received_on = BEGUN


class CharityProjectFactory(AreaRecordFactory):
    class Meta:
        model = models.CharityProject

    name = Sequence(lambda number: f"助困项目{number}")
    mode = CharityMode.RELIEF
    field = CharityField.RELIEF
    started_on = BEGUN
    state = "running"


class DonorFactory(AreaRecordFactory):
    class Meta:
        model = models.Donor

    kind = DonorKind.PERSON
    name = Sequence(lambda number: f"钱善人{number}")


class AllocationFactory(AreaRecordFactory):
    class Meta:
        model = models.Allocation

    resource = SubFactory(CharityResourceFactory, area=SelfAttribute("..area"))
    purpose = "困难家庭慰问"
    value = Decimal("600.00")
    quantity = Decimal(60)


class ResourceUseFactory(AreaRecordFactory):
    class Meta:
        model = models.ResourceUse

    allocation = SubFactory(
        AllocationFactory,
        area=SelfAttribute("..area"),
        state="delivered",
        allocated_on=BEGUN,
        delivered_on=BEGUN,
        receiver="社会工作站",
    )
    used_on = BEGUN
    purpose = "慰问十户"
    value = Decimal("100.00")
    quantity = Decimal(10)
    beneficiaries = 10


class DisclosureDutyFactory(AreaRecordFactory):
    class Meta:
        model = models.DisclosureDuty

    project = SubFactory(CharityProjectFactory, area=SelfAttribute("..area"))
    kind = DutyKind.PROGRESS
    due_on = BEGUN
