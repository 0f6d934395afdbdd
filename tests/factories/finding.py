"""What residents type, and what it means."""

from factory import Sequence

from suzhou_portal.finding import models
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


class SynonymFactory(AreaRecordFactory):
    class Meta:
        model = models.Synonym

    said = Sequence(lambda number: f"说法{number}")
    means = "助餐"


class DangerWordFactory(AreaRecordFactory):
    class Meta:
        model = models.DangerWord

    word = Sequence(lambda number: f"险情{number}")
    numbers = "110"


class MissedSearchFactory(AreaRecordFactory):
    class Meta:
        model = models.MissedSearch

    text = Sequence(lambda number: f"没有的服务{number}")
    times = 1
    first_on = BEGUN
    last_on = BEGUN
