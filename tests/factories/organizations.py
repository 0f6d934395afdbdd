"""The records of social organizations."""

import datetime
from decimal import Decimal
from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory

from organizations import models
from organizations.enums.base import Fee, OrganizationKind, Origin, ServiceCategory
from organizations.enums.incubation import ServiceTier
from organizations.enums.purchases import PurchaseState
from organizations.enums.supervision import EvaluationGrade, EvaluationState
from suzhou_portal import credit_code
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory, AreaRecordFactory


class SocialOrganizationFactory(AreaRecordFactory):
    class Meta:
        model = models.SocialOrganization

    name = Sequence(lambda number: f"社工服务中心{number}")
    kind = OrganizationKind.SERVICE
    origin = Origin.INCUBATED
    joined_on = BEGUN


class IncubationServiceFactory(AreaRecordFactory):
    class Meta:
        model = models.IncubationService

    tier = ServiceTier.BASIC
    name = Sequence(lambda number: f"场地支持{number}")
    started_on = BEGUN


class PurchasedProjectFactory(AreaRecordFactory):
    class Meta:
        model = models.PurchasedProject

    name = Sequence(lambda number: f"为老服务项目{number}")
    provider = SubFactory(SocialOrganizationFactory, area=SelfAttribute("..area"))
    purchaser = "区民政局"
    contract_amount = Decimal("50000.00")
    signed_on = BEGUN
    starts_on = BEGUN
    ends_on = BEGUN
    state = PurchaseState.SIGNED


class ThirdPartyFactory(SocialOrganizationFactory):
    """A registered legal person, which may evaluate what others do."""

    name = Sequence(lambda number: f"社会组织评估中心{number}")
    credit_code = Sequence(lambda number: credit_code.complete(f"52620902MJX8{number:05d}"))


class EvaluationFactory(AreaRecordFactory):
    """Area and provider are the project's, as the model sees to itself."""

    class Meta:
        model = models.Evaluation

    project = SubFactory(PurchasedProjectFactory)
    area = SelfAttribute("project.area")
    provider = SelfAttribute("project.provider")
    evaluator = SubFactory(ThirdPartyFactory, area=SelfAttribute("..area"))
    evaluated_on = BEGUN
    grade = EvaluationGrade.GOOD
    state = EvaluationState.EVALUATED


def asked(**known):
    """An evaluation that is asked for and not made yet, with its blank sheet."""
    return EvaluationFactory(state="assigned", evaluated_on=None, grade="", **known)


def scored(evaluation, percent):
    """The evaluation with a sheet filled in, so that it comes to so many of 100 points."""
    for score in evaluation.scores.all():
        score.points = Decimal(score.weight) * percent / 100
        score.remark = "按记录扣分。" if score.points < score.weight else ""
        score.save()
    return evaluation


class EvaluationStandardFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620903"}
    _in_districts = True

    class Meta:
        model = models.EvaluationStandard

    area = SubFactory(AreaFactory, code=DISTRICT)
    name = Sequence(lambda number: f"评估标准{number}")
    started_on = Sequence(lambda number: BEGUN + datetime.timedelta(days=number))


class EvaluationCriterionFactory(AreaRecordFactory):
    _in_districts = True

    class Meta:
        model = models.EvaluationCriterion

    standard = SubFactory(EvaluationStandardFactory, area=SelfAttribute("..area"))
    area = SubFactory(AreaFactory, code=DISTRICT)
    name = Sequence(lambda number: f"指标{number}")
    weight = 50


class EvaluationScoreFactory(AreaRecordFactory):
    """A line more on the sheet of an evaluation being made."""

    class Meta:
        model = models.EvaluationScore

    evaluation = SubFactory(
        EvaluationFactory,
        project__area=SelfAttribute("...area"),
        state="assigned",
        evaluated_on=None,
        grade="",
    )
    name = Sequence(lambda number: f"加分项{number}")
    weight = 5


class ServiceItemFactory(AreaRecordFactory):
    class Meta:
        model = models.ServiceItem

    category = ServiceCategory.HOUSEKEEPING
    name = Sequence(lambda number: f"家政保洁{number}")
    summary = "上门打扫"
    audience = "辖区居民"
    place = "社区服务中心"
    schedule = "工作日"
    fee = Fee.FREE
    how_to = "电话预约"
    phone = "0937-2600000"
    provider_name = "社区居民委员会"
    published_on = BEGUN
    verified_on = BEGUN
