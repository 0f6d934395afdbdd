"""A person entered twice and merged, one entered twice and not yet, and two who share a name and no more."""

from communities.models import Person
from seeds.demo.world import World
from suzhou_portal.merging.merge import keep_apart, merge


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    known = Person.objects.filter(is_demo=True, posts__isnull=False).exclude(phone="")
    first, second, third = known.distinct().order_by("pk")[:3]
    merge(first, _again(first), by=None)
    _again(second)
    namesake = _again(third, phone=world.phone())
    keep_apart(third, namesake, by=None)
    return "重复人员合并1人、待核对1人、同名不同人1人"


def _again(person: Person, **changed: str) -> Person:
    """The person entered once more."""
    values = {"area": person.area, "name": person.name, "phone": person.phone, **changed}
    return Person.objects.create(**values, is_demo=True)
