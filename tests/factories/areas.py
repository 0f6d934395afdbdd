"""Divisions."""

from factory import LazyAttribute, SubFactory
from factory.django import DjangoModelFactory

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area

DISTRICT, STREET, COMMUNITY, GRID = "620902", "620902004", "620902004004", "620902004004001"


class AreaFactory(DjangoModelFactory):
    """The division of a code: the existing one, or a new one with all divisions around it."""

    class Meta:
        model = Area

    code = COMMUNITY
    name = LazyAttribute(lambda area: f"地区{area.code}")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        known = model_class.objects.filter(pk=kwargs["code"]).first()
        if known:
            return known
        _make_those_around(kwargs["code"])
        return super()._create(model_class, *args, **kwargs)


def _make_those_around(code):
    around = codes.lineage(code)[:-1]
    known = Area.objects.in_bulk(around)
    Area.objects.bulk_create(
        Area(code=one, name=f"地区{one}", level=codes.level_of(one), parent_id=codes.parent_of(one))
        for one in around
        if one not in known
    )


class AreaRecordFactory(DjangoModelFactory):
    """What all records share: by default they stand in one community."""

    class Meta:
        abstract = True

    area = SubFactory(AreaFactory)
