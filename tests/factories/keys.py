"""Keys of other offices' systems."""

from factory import Sequence

from suzhou_portal.linkage.models import ApiKey
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory


class ApiKeyFactory(AreaRecordFactory):
    class Meta:
        model = ApiKey

    name = Sequence(lambda number: f"热线系统{number}号")
    valid_from = BEGUN
