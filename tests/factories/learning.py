"""Training bases, plans and examination seasons."""

import datetime

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.base import CourseKind
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


class TrainingBaseFactory(AreaRecordFactory):
    class Meta:
        model = models.TrainingBase

    name = Sequence(lambda number: f"第{number}培训基地")
    address = "世纪大道1号"
    capacity = 60
    opened_on = BEGUN


class TrainingPlanFactory(AreaRecordFactory):
    class Meta:
        model = models.TrainingPlan

    year = Sequence(lambda number: 2001 + number % 35)


class PlannedSessionFactory(AreaRecordFactory):
    class Meta:
        model = models.PlannedSession

    plan = SubFactory(TrainingPlanFactory, area=SelfAttribute("..area"))
    kind = CourseKind.POST
    name = Sequence(lambda number: f"第{number}场")
    quarter = 2
    target_people = 30
    planned_hours = 24


class ExamSeasonFactory(AreaRecordFactory):
    class Meta:
        model = models.ExamSeason

    year = Sequence(lambda number: 2001 + number % 35)
    opens_on = LazyAttribute(lambda season: datetime.date(season.year, 4, 1))
    closes_on = LazyAttribute(lambda season: datetime.date(season.year, 4, 20))
    exam_on = LazyAttribute(lambda season: datetime.date(season.year, 6, 18))
