"""The records of co-building and of property management."""

import datetime

from factory import SelfAttribute, Sequence, SubFactory

from communities import enums, models
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory

YEAR = datetime.timedelta(days=365)


class CoBuildingAgreementFactory(AreaRecordFactory):
    class Meta:
        model = models.CoBuildingAgreement

    unit = Sequence(lambda number: f"区直单位{number}")
    summary = "场地共享、志愿服务"
    signed_on = BEGUN
    valid_from = BEGUN
    valid_to = BEGUN + YEAR
    state = enums.AgreementState.SIGNED


class CoBuildingNeedFactory(AreaRecordFactory):
    class Meta:
        model = models.CoBuildingNeed

    agreement = SubFactory(CoBuildingAgreementFactory, area=SelfAttribute("..area"))
    title = Sequence(lambda number: f"需要活动场地{number}")


class CoBuildingResourceFactory(AreaRecordFactory):
    class Meta:
        model = models.CoBuildingResource

    agreement = SubFactory(CoBuildingAgreementFactory, area=SelfAttribute("..area"))
    kind = enums.ResourceKind.VENUE
    title = Sequence(lambda number: f"会议室{number}")


class CoBuildingProjectFactory(AreaRecordFactory):
    class Meta:
        model = models.CoBuildingProject

    agreement = SubFactory(CoBuildingAgreementFactory, area=SelfAttribute("..area"))
    title = Sequence(lambda number: f"周末讲堂{number}")
    need = SubFactory(
        CoBuildingNeedFactory, area=SelfAttribute("..area"), agreement=SelfAttribute("..agreement")
    )
    resource = SubFactory(
        CoBuildingResourceFactory,
        area=SelfAttribute("..area"),
        agreement=SelfAttribute("..agreement"),
    )


class PropertyCompanyFactory(AreaRecordFactory):
    class Meta:
        model = models.PropertyCompany

    name = Sequence(lambda number: f"安居物业{number}")
    compounds = "和谐小区"
    started_on = BEGUN


class PropertyRatingFactory(AreaRecordFactory):
    class Meta:
        model = models.PropertyRating

    company = SubFactory(PropertyCompanyFactory, area=SelfAttribute("..area"))
    period_start = BEGUN
    period_end = BEGUN
    score = 85
    grade = enums.RatingGrade.GOOD
