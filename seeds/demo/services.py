"""Demonstration of the service catalogue: what a resident would find and believe."""

from itertools import count

from organizations.enums.base import ServiceCategory
from organizations.models import ServiceItem, SocialOrganization
from seeds.demo.world import World
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area

CONTACTS = {"organization": "服务热线", "station": "服务站值班室", "community": "社区服务窗口"}
SELDOM = 25  # one withdrawn item beside so many listed ones
FORGOTTEN, UNVERIFIED = 12, 9  # one of so many has been verified by nobody for so many months
# Working days after acceptance; of the others nothing is promised.
DAYS = {
    ServiceCategory.HOUSEKEEPING: 3,
    ServiceCategory.HOME_ELDERLY_CARE: 5,
    ServiceCategory.LEGAL_AID: 7,
    ServiceCategory.DISABILITY: 5,
}


def seed(world: World, organizations: list[SocialOrganization]) -> int:
    """Create the published number of listed items and a few withdrawn ones; returns all."""
    wanted = world.targets.count("service_items")
    places = _places(world)
    items = [_item(world, next(places), organizations) for _ in range(wanted + wanted // SELDOM)]
    for item in items[wanted:]:
        item.withdrawn_on = world.day_between(item.published_on, world.months_ago(1))
    for item in items[::FORGOTTEN]:
        item.verified_on = max(item.published_on, world.months_ago(UNVERIFIED))
    made = world.save(ServiceItem, items)
    for gone in made[wanted:]:
        alike = [one for one in made[:wanted] if one.category == gone.category]
        gone.replaced_by = next((one for one in alike if one.name == gone.name), alike[0])
    ServiceItem.objects.bulk_update(made[wanted:], ["replaced_by"])
    return len(made)


def _places(world: World):
    """Each row once where it belongs; then community ones again elsewhere, never twice in one."""
    rows = world.rows("services")
    used = set()
    for round_number in count():
        for row in rows if round_number == 0 else world.rng.sample(rows, len(rows)):
            area = _home(world, row["scope"])
            if (row["name"], area.code) not in used:
                used.add((row["name"], area.code))
                yield area, row


def _home(world: World, scope: str) -> Area:
    if scope == "district":
        return world.district
    if scope == "street" and world.streets:
        return world.rng.choice(world.streets)
    return world.some_communities(1)[0]


def _item(
    world: World, place: tuple[Area, dict[str, str]], organizations: list[SocialOrganization]
) -> ServiceItem:
    area, row = place
    category = ServiceCategory(_category_of(row["category"]))
    published_on = world.day_between(world.months_ago(24), world.months_ago(1))
    provider = _provider(world, area, organizations) if _by_organization(row) else None
    return ServiceItem(
        area=area,
        category=category,
        name=row["name"],
        aliases=row["aliases"],
        summary=row["summary"],
        audience=row["audience"],
        place=row["place"],
        schedule=row["schedule"],
        fee=row["fee_kind"],
        fee_note=row["fee_note"],
        how_to=row["how_to"],
        days=DAYS.get(category),
        what_to_bring=row["what_to_bring"],
        contact=CONTACTS[row["provider_kind"]],
        phone=world.phone(),
        provider=provider,
        provider_name=provider.name if provider else _public_provider(area, row),
        published_on=published_on,
        verified_on=world.day_between(max(published_on, world.months_ago(3)), world.as_of),
    )


def _by_organization(row: dict[str, str]) -> bool:
    return row["provider_kind"] == "organization"


def _provider(
    world: World, area: Area, organizations: list[SocialOrganization]
) -> SocialOrganization:
    """An organization with a credit code that works here or in all of the district."""
    around = codes.lineage(area.code)
    able = [one for one in organizations if one.credit_code and one.area_id in around]
    return world.rng.choice(able or organizations)


def _public_provider(area: Area, row: dict[str, str]) -> str:
    suffix = "卫生服务站" if row["provider_kind"] == "station" else "党群服务中心"
    return f"{World.short(area)}{suffix}"


def _category_of(label: str) -> str:
    return {choice.label: choice.value for choice in ServiceCategory}[label]
