"""The records of charity."""

from decimal import Decimal

from factory import Sequence, SubFactory

from charity import enums, models
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


class CharityResourceFactory(AreaRecordFactory):
    class Meta:
        model = models.CharityResource

    name = Sequence(lambda number: f"捐赠{number}")
    kind = enums.ResourceKind.GOODS
    value = Decimal("1000.00")
    valued_by = "发票"
    donor_public = "爱心企业"
    received_on = BEGUN


class CharityProjectFactory(AreaRecordFactory):
    class Meta:
        model = models.CharityProject

    name = Sequence(lambda number: f"助困项目{number}")
    mode = enums.CharityMode.RELIEF
    field = enums.CharityField.RELIEF
    started_on = BEGUN
