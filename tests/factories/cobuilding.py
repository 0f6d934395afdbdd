"""The records of M1 契约化共建."""

import datetime

from factory import SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.cobuilding import AgreementState, CoBuildingNeedKind, SupplyKind
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


class CoBuildingAgreementFactory(AreaRecordFactory):
    class Meta:
        model = models.CoBuildingAgreement

    unit = Sequence(lambda number: f"第{number}中学")
    valid_from = BEGUN
    valid_to = BEGUN + datetime.timedelta(days=364)
    signed_on = BEGUN
    state = AgreementState.SIGNED


class _ListedFactory(AreaRecordFactory):
    class Meta:
        abstract = True

    agreement = SubFactory(CoBuildingAgreementFactory, area=SelfAttribute("..area"))


class CoBuildingNeedFactory(_ListedFactory):
    class Meta:
        model = models.CoBuildingNeed

    title = Sequence(lambda number: f"法律咨询{number}")
    kind = CoBuildingNeedKind.LIVELIHOOD
    listed_on = BEGUN


class CoBuildingResourceFactory(_ListedFactory):
    class Meta:
        model = models.CoBuildingResource

    title = Sequence(lambda number: f"会议室{number}")
    kind = SupplyKind.VENUE
    listed_on = BEGUN


class CoBuildingProjectFactory(_ListedFactory):
    class Meta:
        model = models.CoBuildingProject

    name = Sequence(lambda number: f"周三法律门诊{number}")
    need = SubFactory(
        CoBuildingNeedFactory, agreement=SelfAttribute("..agreement"), area=SelfAttribute("..area")
    )
    resource = SubFactory(
        CoBuildingResourceFactory,
        agreement=SelfAttribute("..agreement"),
        area=SelfAttribute("..area"),
    )
    planned_on = BEGUN
