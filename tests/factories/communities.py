"""The records of communities and their social workers."""

import datetime
from decimal import Decimal
from typing import ClassVar

from factory import SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.base import (
    AllowanceKind,
    CertificateLevel,
    CourseKind,
    DocumentKind,
    MechanismKind,
    Rank,
)
from communities.enums.grids import EventKind, GridRole
from tests.factories import BEGUN
from tests.factories.areas import GRID, AreaFactory, AreaRecordFactory


class PersonFactory(AreaRecordFactory):
    class Meta:
        model = models.Person

    name = Sequence(lambda number: f"张甲{number}")


class CommunityProfileFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.CommunityProfile

    address = "世纪大道1号"
    phone = "0937-2600000"
    population = 9_000
    households = 3_000


class RecruitmentBatchFactory(AreaRecordFactory):
    class Meta:
        model = models.RecruitmentBatch

    name = Sequence(lambda number: f"第{number}批")
    announced_on = BEGUN


class PostFactory(AreaRecordFactory):
    class Meta:
        model = models.Post

    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    title = "社区工作者"
    full_time = True
    started_on = BEGUN


class CertificateFactory(AreaRecordFactory):
    class Meta:
        model = models.Certificate

    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    level = CertificateLevel.ASSISTANT
    number = Sequence(lambda number: f"SG{number:06}")
    issued_on = BEGUN


class ExamRegistrationFactory(AreaRecordFactory):
    class Meta:
        model = models.ExamRegistration

    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    year = BEGUN.year
    level = CertificateLevel.ASSISTANT
    exam_on = BEGUN
    explanation = "补录"


class PayMonthFactory(AreaRecordFactory):
    class Meta:
        model = models.PayMonth

    post = SubFactory(PostFactory, area=SelfAttribute("..area"))
    month = BEGUN
    post_pay = Decimal("3000.00")
    performance_pay = Decimal("500.00")


class AllowanceStandardFactory(AreaRecordFactory):
    class Meta:
        model = models.AllowanceStandard

    kind = AllowanceKind.GRID_SECRETARY
    amount = Decimal("300.00")
    effective_from = Sequence(lambda number: BEGUN - datetime.timedelta(days=number))


class CourseFactory(AreaRecordFactory):
    class Meta:
        model = models.Course

    kind = CourseKind.POST
    name = Sequence(lambda number: f"第{number}期培训")
    starts_on = BEGUN
    ends_on = BEGUN


class EnrolmentFactory(AreaRecordFactory):
    class Meta:
        model = models.Enrolment

    course = SubFactory(CourseFactory, state="enrolling")
    person = SubFactory(PersonFactory, area=SelfAttribute("..area"))
    unit = "某街道办事处"
    rank = Rank.SECTION
    explanation = "补录"


class MechanismFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.Mechanism

    kind = MechanismKind.MEDIATION
    established_on = BEGUN


class PolicyDocumentFactory(AreaRecordFactory):
    class Meta:
        model = models.PolicyDocument

    kind = DocumentKind.PURCHASE_REGULATION
    title = Sequence(lambda number: f"办法{number}")
    issued_on = BEGUN


class ReachReportFactory(AreaRecordFactory):
    class Meta:
        model = models.ReachReport

    period_start = BEGUN
    # Round and round in two months: a sequence outlives a test, and would pass the site's date.
    period_end = Sequence(lambda number: BEGUN + datetime.timedelta(days=number % 60))
    people = 100
    visits = 250
    method = "按身份证号去重"


class GridPostFactory(AreaRecordFactory):
    _in_grids = True

    class Meta:
        model = models.GridPost

    area = SubFactory(AreaFactory, code=GRID)
    person = SubFactory(PersonFactory)
    role = GridRole.WORKER
    started_on = BEGUN


class GridBranchFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": f"{GRID[:-1]}2"}
    _in_grids = True

    class Meta:
        model = models.GridBranch

    area = SubFactory(AreaFactory, code=GRID)
    name = Sequence(lambda number: f"第{number}网格党支部")
    founded_on = BEGUN


class GridEventFactory(AreaRecordFactory):
    class Meta:
        model = models.GridEvent

    kind = EventKind.SAFETY
    title = Sequence(lambda number: f"楼道堆物{number}")
    place = "2号楼"
    reported_on = BEGUN
    due_on = BEGUN
