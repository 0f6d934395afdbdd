"""Published values, targets, and the note that a site is a demonstration."""

from decimal import Decimal
from typing import ClassVar

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory

from suzhou_portal.figures.enums import Exactness
from suzhou_portal.figures.models import Demonstration, FigureTarget, PublishedValue
from tests.factories import BEGUN
from tests.factories.areas import DISTRICT, AreaFactory, AreaRecordFactory


class PublishedValueFactory(DjangoModelFactory):
    class Meta:
        model = PublishedValue

    figure = "volunteer_teams"
    area = SubFactory(AreaFactory, code=DISTRICT)
    value = Decimal(7)
    exactness = Exactness.EXACT
    quote = "志愿服务队伍7支"
    source = Sequence(lambda number: f"公报第{number}期")
    as_of = BEGUN


class FigureTargetFactory(AreaRecordFactory):
    class Meta:
        model = FigureTarget

    figure = "volunteer_teams"
    # Each of another year, so that one area may have several.
    period = Sequence(lambda number: str(1950 + number % 70))
    value = Decimal(9)
    set_by = "区民政局"


class DemonstrationFactory(DjangoModelFactory):
    _elsewhere: ClassVar = {"area__code": "620903"}

    class Meta:
        model = Demonstration

    area = SubFactory(AreaFactory, code=DISTRICT)
    as_of = BEGUN
