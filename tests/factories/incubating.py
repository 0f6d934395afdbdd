"""Incubation, registration and filing of social organizations; payments, deliverables, supervision."""

import datetime
from decimal import Decimal
from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory

from organizations import models
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory, AreaRecordFactory
from tests.factories.organizations import (
    EvaluationFactory,
    EvaluationScoreFactory,
    IncubationServiceFactory,
    PurchasedProjectFactory,
    SocialOrganizationFactory,
    asked,
)

YEAR = datetime.timedelta(days=365)


class IncubationTrackFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620903"}
    _in_districts = True

    class Meta:
        model = models.IncubationTrack
        django_get_or_create = ("area", "position")

    area = SubFactory(AreaFactory, code=DISTRICT)
    position = 1


class IncubateeFactory(AreaRecordFactory):
    class Meta:
        model = models.Incubatee

    organization = SubFactory(SocialOrganizationFactory, area=SelfAttribute("..area"))
    plan = "为独居老人助餐"
    applied_on = BEGUN


class IncubationDeliveryFactory(AreaRecordFactory):
    class Meta:
        model = models.IncubationDelivery

    incubatee = SubFactory(
        IncubateeFactory,
        area=SelfAttribute("..area"),
        state="admitted",
        track=SubFactory(
            IncubationTrackFactory,
            area=SubFactory(AreaFactory, code=DISTRICT),
            position=2,
        ),
        reviewed_on=BEGUN,
        admitted_on=BEGUN,
        ends_on=BEGUN + YEAR,
    )
    service = SubFactory(IncubationServiceFactory, area=SelfAttribute("..area"))
    delivered_on = BEGUN
    content = "章程起草辅导"


class RegistrationFactory(AreaRecordFactory):
    class Meta:
        model = models.Registration

    organization = SubFactory(SocialOrganizationFactory, area=SelfAttribute("..area"))
    name = Sequence(lambda number: f"暖阳社工服务中心{number}")
    purpose = "为老年人提供服务"
    applied_on = BEGUN


class FilingFactory(AreaRecordFactory):
    class Meta:
        model = models.Filing

    organization = SubFactory(SocialOrganizationFactory, area=SelfAttribute("..area"), kind="filed")
    name = Sequence(lambda number: f"邻里互助队{number}")
    activities = "邻里互助"
    applied_on = BEGUN


class PaymentFactory(AreaRecordFactory):
    class Meta:
        model = models.Payment

    project = SubFactory(PurchasedProjectFactory, area=SelfAttribute("..area"))
    amount = Decimal("10000.00")
    paid_on = BEGUN


class DeliverableFactory(AreaRecordFactory):
    class Meta:
        model = models.Deliverable

    project = SubFactory(PurchasedProjectFactory, area=SelfAttribute("..area"))
    name = Sequence(lambda number: f"服务档案{number}")
    due_on = BEGUN


class ProjectReportFactory(AreaRecordFactory):
    class Meta:
        model = models.ProjectReport

    project = SubFactory(PurchasedProjectFactory, area=SelfAttribute("..area"))
    from_on = BEGUN
    to_on = BEGUN
    progress = "入户建档"
    spent = Decimal("1000.00")


class SupervisionVisitFactory(AreaRecordFactory):
    """Area, provider and evaluator are the evaluation's, as the model sees to itself."""

    class Meta:
        model = models.SupervisionVisit

    evaluation = SubFactory(
        EvaluationFactory,
        state="assigned",
        evaluated_on=None,
        grade="",
        project__area=SelfAttribute("...area"),
    )
    provider = SelfAttribute("evaluation.provider")
    evaluator = SelfAttribute("evaluation.evaluator")
    visited_on = BEGUN
    findings = "档案齐全"


class RectificationFactory(AreaRecordFactory):
    class Meta:
        model = models.Rectification

    evaluation = SubFactory(EvaluationFactory, project__area=SelfAttribute("...area"))
    problem = "档案不全"
    demand = "补齐服务档案"
    demanded_on = BEGUN
    due_on = BEGUN


def all_of_one(project, evaluation, **known):
    """One record of each kind that belongs to the project's provider, all in its area."""
    provider = project.provider
    track = IncubationTrackFactory(
        **known | {"area": AreaFactory(code=project.area_id[:6])}, position=1
    )
    inside = {"state": "admitted", "reviewed_on": BEGUN, "admitted_on": BEGUN}
    incubatee = IncubateeFactory(
        **known, organization=provider, track=track, ends_on=BEGUN + YEAR, **inside
    )
    being_made = asked(project=project, kind="midterm", evaluator=evaluation.evaluator)
    made = [
        track,
        incubatee,
        IncubationDeliveryFactory(**known, incubatee=incubatee),
        RegistrationFactory(**known, organization=provider),
        FilingFactory(**known, organization=provider, contact="孙某某", phone="13900005678"),
        PaymentFactory(**known, project=project),
        DeliverableFactory(**known, project=project),
        ProjectReportFactory(**known, project=project),
        EvaluationScoreFactory(**known, evaluation=being_made),
        SupervisionVisitFactory(**known, evaluation=being_made),
        RectificationFactory(**known, evaluation=evaluation),
    ]
    return {type(one): one for one in made}
