"""Divisions."""

from factory import LazyAttribute, SubFactory, lazy_attribute
from factory.django import DjangoModelFactory

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area

DISTRICT, STREET, COMMUNITY, GRID = "620902", "620902004", "620902004004", "620902004004001"


class AreaFactory(DjangoModelFactory):
    """The division of a code: the existing one, or a new one with all divisions around it."""

    class Meta:
        model = Area
        django_get_or_create = ("code",)

    code = COMMUNITY
    name = LazyAttribute(lambda area: f"地区{area.code}")
    level = LazyAttribute(lambda area: codes.level_of(area.code))

    @lazy_attribute
    def parent(self):
        """The division around it; none around the country."""
        code = codes.parent_of(self.code)
        return AreaFactory(code=code) if code else None


class AreaRecordFactory(DjangoModelFactory):
    """What all records share: by default they stand in one community."""

    class Meta:
        abstract = True

    area = SubFactory(AreaFactory)
