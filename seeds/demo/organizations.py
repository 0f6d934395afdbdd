"""Demonstration of social organizations: the register, and the catalogues of services."""

from itertools import count, islice

from organizations.enums.base import REGISTERED_AS, OrganizationKind, Origin
from organizations.models import IncubationService, SocialOrganization
from seeds.demo import services
from seeds.demo.world import World
from suzhou_portal import credit_code
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area

EVALUATORS = ("同行社会工作评估中心", "明鉴社会组织评估事务所", "西部公益项目评估中心")
SPARE = 900_000  # serials from here on are of those that become legal persons later


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    register = _Register(world)
    organizations = register.organizations()
    evaluators = register.evaluators()
    incubation = _incubation(world)
    items = services.seed(world, organizations)
    return (
        f"社会组织{len(organizations)}个、评估机构{len(evaluators)}个、孵化服务{incubation}项、"
        f"服务项目{items}项"
    )


class _Register:
    """Makes organizations with credit codes that are valid and belong to nobody."""

    def __init__(self, world: World):
        self.world = world
        self.serial = count(1)

    def organizations(self) -> list[SocialOrganization]:
        wanted = self.world.targets.count("organizations")
        made = [self._organization(*place) for place in islice(self._places(), wanted)]
        return self.world.save(SocialOrganization, made)

    def evaluators(self) -> list[SocialOrganization]:
        """Third parties from outside the district: on record, neither introduced nor incubated."""
        outside = Area.objects.get(pk=codes.parent_of(self.world.district.code))
        made = []
        for name in EVALUATORS:
            row = {"kind": OrganizationKind.SERVICE, "field": "第三方评估"}
            organization = self._organization(outside, f"{outside}{name}", row)
            organization.origin = Origin.OTHER
            organization.deregistered_on = None
            made.append(organization)
        return self.world.save(SocialOrganization, made)

    def _places(self):
        """Registered ones once each in the district; street-filed ones in many communities."""
        rows = self.world.rows("organization_stems")
        for row in rows:
            if row["kind"] != OrganizationKind.FILED:
                yield self.world.district, f"{self.world.district}{row['stem']}", row
        filed = [row for row in rows if row["kind"] == OrganizationKind.FILED]
        pairs = [(area, row) for area in self.world.communities for row in filed]
        weights = [self.world.size(area) for area, _ in pairs]
        order = sorted(
            range(len(pairs)), key=lambda index: self.world.rng.random() ** (1 / weights[index])
        )
        for index in reversed(order):
            area, row = pairs[index]
            yield area, f"{self.world.short(area)}{row['stem']}", row

    def _organization(self, area: Area, name: str, row: dict[str, str]) -> SocialOrganization:
        world, kind = self.world, OrganizationKind(row["kind"])
        filed = kind == OrganizationKind.FILED
        joined_on = world.day_between(world.months_ago(60), world.months_ago(1))
        graded = not filed and world.chance(0.35)
        introduced = not filed and world.chance(0.4)
        return SocialOrganization(
            area=area,
            name=name,
            kind=kind,
            origin=Origin.INTRODUCED if introduced else Origin.INCUBATED,
            joined_on=joined_on,
            deregistered_on=world.day_between(joined_on, world.as_of)
            if filed and world.chance(0.04)
            else None,
            credit_code="" if filed else self._code(area, kind),
            grade=world.rng.choice((2, 3, 3, 4)) if graded else None,
            graded_on=world.day_between(joined_on, world.as_of) if graded else None,
            field=row["field"],
            contact=(contact := world.person_name()),
            representative="" if filed else contact,
            phone=world.phone(),
        )

    def _code(self, area: Area, kind: OrganizationKind) -> str:
        return _code(area, kind, next(self.serial))


def spare_code(area: Area, kind: OrganizationKind, number: int) -> str:
    """A valid code of nobody, for the `number`th of those that become legal persons later."""
    return _code(area, kind, SPARE + number)


def _code(area: Area, kind: OrganizationKind, serial: int) -> str:
    division = area.code[:6].ljust(6, "0")
    return credit_code.complete(f"{REGISTERED_AS[kind]}{division}MJX{serial:06d}")


def _incubation(world: World) -> int:
    return len(
        world.save(
            IncubationService,
            [
                IncubationService(
                    area=world.district,
                    tier=row["tier"],
                    name=row["name"],
                    started_on=world.months_ago(36),
                )
                for row in world.rows("incubation_services")
            ],
        )
    )
