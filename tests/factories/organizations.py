"""The records of social organizations."""

from decimal import Decimal

from factory import SelfAttribute, Sequence, SubFactory

from organizations import models
from organizations.enums.base import Fee, OrganizationKind, Origin, ServiceCategory
from organizations.enums.incubation import ServiceTier
from organizations.enums.purchases import PurchaseState
from organizations.enums.supervision import EvaluationGrade, EvaluationState
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


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


class EvaluationFactory(AreaRecordFactory):
    """Area and provider are the project's, as the model sees to itself."""

    class Meta:
        model = models.Evaluation

    project = SubFactory(PurchasedProjectFactory)
    area = SelfAttribute("project.area")
    provider = SelfAttribute("project.provider")
    evaluator = SubFactory(SocialOrganizationFactory, area=SelfAttribute("..area"))
    evaluated_on = BEGUN
    grade = EvaluationGrade.GOOD
    state = EvaluationState.EVALUATED


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
