"""M7: written rules and plans in versions, mediation and deliberation."""

import datetime
from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.mediation import CaseKind
from communities.enums.meetings import MeetingKind
from communities.enums.rules import PlanKind
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory
from tests.factories.communities import MechanismFactory

ONE = datetime.timedelta(days=1)


class RuleVersionFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.RuleVersion

    mechanism = SubFactory(MechanismFactory, area=SelfAttribute("..area"))
    title = Sequence(lambda number: f"社区人民调解工作规则{number}")
    text = "第一条 调解不收费。"
    number = 1


class EmergencyPlanFactory(AreaRecordFactory):
    class Meta:
        model = models.EmergencyPlan

    kind = PlanKind.NATURAL
    assembly_place = "社区广场"
    measures = "先期处置，信息上报，转移安置。"
    number = Sequence(lambda number: number + 1)


class EmergencyContactFactory(AreaRecordFactory):
    class Meta:
        model = models.EmergencyContact

    plan = SubFactory(EmergencyPlanFactory, area=SelfAttribute("..area"))
    duty = "现场指挥"
    name = "张甲"
    phone = "13800001234"


class MediationCaseFactory(AreaRecordFactory):
    class Meta:
        model = models.MediationCase

    kind = CaseKind.NEIGHBOURS
    subject = Sequence(lambda number: f"楼上漏水{number}")
    party_a = "王乙"
    party_b = "李丙"
    applied_on = BEGUN


class MediationSessionFactory(AreaRecordFactory):
    class Meta:
        model = models.MediationSession

    case = SubFactory(
        MediationCaseFactory,
        area=SelfAttribute("..area"),
        state="mediating",
        accepted_on=BEGUN,
    )
    held_on = BEGUN
    said = "双方各退一步。"


class DeliberationMeetingFactory(AreaRecordFactory):
    class Meta:
        model = models.DeliberationMeeting

    kind = MeetingKind.RESIDENTS
    topic = Sequence(lambda number: f"小区停车{number}")
    planned_on = BEGUN
    place = "社区会议室"


class MeetingTaskFactory(AreaRecordFactory):
    class Meta:
        model = models.MeetingTask

    meeting = SubFactory(
        DeliberationMeetingFactory,
        area=SelfAttribute("..area"),
        state="resolved",
        announced_on=BEGUN - 5 * ONE,
        held_on=BEGUN,
        entitled=10,
        attended=8,
        agreed=8,
        against=0,
        abstained=0,
        resolution="划定停车位。",
        resolved_on=BEGUN,
    )
    what = "划线"
    who = "物业公司"
    assigned_on = BEGUN
    due_on = BEGUN
