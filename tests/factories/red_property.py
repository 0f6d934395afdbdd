"""The records of M3 红色物业."""

import datetime

from factory import SelfAttribute, Sequence, SubFactory

from communities import models
from communities.enums.red_property import PropertyGrade
from suzhou_portal import credit_code
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


class PropertyCompanyFactory(AreaRecordFactory):
    class Meta:
        model = models.PropertyCompany

    name = Sequence(lambda number: f"安居物业{number}")
    credit_code = Sequence(lambda number: credit_code.complete(f"91620902MA{number:07d}"))
    started_on = BEGUN


class ServedCompoundFactory(AreaRecordFactory):
    class Meta:
        model = models.ServedCompound

    name = Sequence(lambda number: f"世纪花园{number}")
    company = SubFactory(PropertyCompanyFactory, area=SelfAttribute("..area"))
    started_on = BEGUN


class PropertyRatingFactory(AreaRecordFactory):
    class Meta:
        model = models.PropertyRating

    compound = SubFactory(
        ServedCompoundFactory,
        area=SelfAttribute("..area"),
        started_on=BEGUN - datetime.timedelta(days=999),
    )
    company = SelfAttribute("compound.company")
    period_start = BEGUN - datetime.timedelta(days=181)
    period_end = BEGUN - datetime.timedelta(days=1)
    score = 85
    grade = PropertyGrade.GOOD
