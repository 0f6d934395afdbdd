"""Pilots, secretaries' projects, governing bodies and committees."""

import datetime
from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.committees import CommitteeKind, Position
from communities.enums.pilots import DeviceKind
from communities.enums.structure import BodyKind
from communities.enums.thresholds import ThresholdKind
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory, AreaRecordFactory
from tests.factories.communities import PersonFactory


class SmartPilotFactory(AreaRecordFactory):
    class Meta:
        model = models.SmartPilot

    name = Sequence(lambda number: f"智慧平安小区{number}")
    content = "安装智能门禁"
    applied_on = BEGUN


class SmartDeviceFactory(AreaRecordFactory):
    class Meta:
        model = models.SmartDevice

    pilot = SubFactory(
        SmartPilotFactory, area=SelfAttribute("..area"), state="approved", approved_on=BEGUN
    )
    kind = DeviceKind.ACCESS
    name = "单元门禁"
    installed_on = BEGUN


class DeviceFaultFactory(AreaRecordFactory):
    class Meta:
        model = models.DeviceFault

    device = SubFactory(SmartDeviceFactory, area=SelfAttribute("..area"))
    reported_on = BEGUN
    what = "通信中断"


class CriterionFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620903"}
    _in_districts = True

    class Meta:
        model = models.Criterion

    area = SubFactory(AreaFactory, code=DISTRICT)
    position = 1


class SecretaryProjectFactory(AreaRecordFactory):
    class Meta:
        model = models.SecretaryProject

    year = Sequence(lambda number: 2001 + number % 99)
    title = Sequence(lambda number: f"难题{number}")
    problem = "停车难"
    measures = "错时停车"
    responsible = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    planned_from = BEGUN
    planned_to = BEGUN


class ProjectProgressFactory(AreaRecordFactory):
    class Meta:
        model = models.ProjectProgress

    project = SubFactory(
        SecretaryProjectFactory,
        area=SelfAttribute("..area"),
        state="underway",
        filed_on=BEGUN,
        started_on=BEGUN,
        score_1=20,
        score_2=20,
        score_3=20,
        score_4=20,
    )
    reported_on = BEGUN
    done = "入户走访"


class ThresholdFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620903"}
    _in_districts = True

    class Meta:
        model = models.Threshold

    area = SubFactory(AreaFactory, code=DISTRICT)
    kind = ThresholdKind.SECRETARY_PROJECT
    value = 70
    effective_from = BEGUN


class GoverningBodyFactory(AreaRecordFactory):
    class Meta:
        model = models.GoverningBody

    kind = BodyKind.PARTNER
    name = Sequence(lambda number: f"共建单位{number}")
    founded_on = BEGUN


class CommitteeTermFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.CommitteeTerm

    kind = CommitteeKind.PARTY
    number = Sequence(lambda number: 1 + number % 9999)
    started_on = BEGUN
    ends_on = datetime.date(2027, 5, 31)
    seats = 5


class CommitteeMemberFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.CommitteeMember

    term = SubFactory(CommitteeTermFactory, area=SelfAttribute("..area"))
    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    position = Position.MEMBER
    started_on = BEGUN


def secretary(person):
    """The person as secretary of the community's party committee."""
    return CommitteeMemberFactory(
        person=person, position=Position.SECRETARY, area=person.area, term__area=person.area
    )
