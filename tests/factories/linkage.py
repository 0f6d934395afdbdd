"""Requests of residents, who can serve them, and the rules of a district."""

import datetime
from typing import ClassVar

from factory import LazyAttribute, Sequence, SubFactory, post_generation

from suzhou_portal.linkage import models
from suzhou_portal.linkage.enums.requests import OURS, SERVED, WITH_PROVIDER, Channel
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory, AreaRecordFactory
from tests.factories.organizations import SocialOrganizationFactory
from volunteers.enums.visits import ResidentNeedKind


class ServiceRequestFactory(AreaRecordFactory):
    class Meta:
        model = models.ServiceRequest
        skip_postgeneration_save = True

    channel = Channel.PHONE
    kind = ResidentNeedKind.ELDERLY
    content = "需要助餐"
    address = "2号楼1单元101"
    asked_on = BEGUN
    handler = LazyAttribute(
        lambda one: (
            "社区专干"
            if getattr(one, "state", "") in (*WITH_PROVIDER, *SERVED) and not hasattr(one, "team")
            else ""
        )
    )

    @post_generation
    def volunteers(self, create, extracted, **kwargs):
        """Nobody, unless a test says who."""
        if extracted:
            self.volunteers.set(extracted)


class ServiceCapacityFactory(AreaRecordFactory):
    class Meta:
        model = models.ServiceCapacity

    organization = LazyAttribute(
        lambda one: None if getattr(one, "team", None) else SocialOrganizationFactory()
    )
    kind = ResidentNeedKind.ELDERLY
    monthly = 10
    since = BEGUN


class RequestRulesFactory(AreaRecordFactory):
    _in_districts: ClassVar = True

    class Meta:
        model = models.RequestRules

    area = SubFactory(AreaFactory, code=DISTRICT)
    effective_from = Sequence(lambda number: BEGUN - datetime.timedelta(days=number))


def served(done_on, **fields):
    """A request that somebody says was done on that day."""
    return ServiceRequestFactory(
        **{"state": "done", "asked_on": min(BEGUN, done_on), "result": "已送餐", "done_on": done_on,
           "handler": "社区专干", **fields}
    )  # fmt: skip


def all_of_one_team(team, phone, **known):
    """What is a team's own, by model: what it was asked for and accepted."""
    asked = {"team": team, "state": "accepted", "name": phone, "phone": phone}
    return {
        models.ServiceRequest: ServiceRequestFactory(**known, **asked),
        models.ServiceCapacity: ServiceCapacityFactory(**known, team=team, organization=None),
    }


class PageFaultFactory(AreaRecordFactory):
    class Meta:
        model = models.PageFault

    page = "/services/"
    what = "电话打不通"
    agreed = True
    reported_on = BEGUN
    answer = LazyAttribute(lambda one: "已改正" if getattr(one, "state", "") == "handled" else "")
    closed_on = LazyAttribute(lambda one: BEGUN if getattr(one, "state", "new") != "new" else None)


def late_in(code, day):
    """How many requests of a division somebody of ours should have acted on before the day."""
    return models.ServiceRequest.objects.within(code).in_state(*OURS).overdue(day).count()
