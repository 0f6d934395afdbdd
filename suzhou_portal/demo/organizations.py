"""Demonstration of social organizations: the register, incubation, purchased projects."""

import datetime
from decimal import Decimal
from itertools import count, islice

from organizations import credit_code
from organizations.enums import EvaluationGrade, OrganizationKind, Origin
from organizations.models import (
    Evaluation,
    IncubationService,
    PurchasedProject,
    SocialOrganization,
)
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.demo import services
from suzhou_portal.demo.amounts import split
from suzhou_portal.demo.world import World

# The first two characters of a credit code: civil affairs, and the kind it registered.
REGISTERED_AS = {
    OrganizationKind.ASSOCIATION: "51",
    OrganizationKind.SERVICE: "52",
    OrganizationKind.FOUNDATION: "53",
}
EVALUATORS = ("同行社会工作评估中心", "明鉴社会组织评估事务所", "西部公益项目评估中心")
GRADES = (
    (EvaluationGrade.EXCELLENT,) * 5 + (EvaluationGrade.GOOD,) * 9 + (EvaluationGrade.PASS,) * 4
)
STEP = Decimal(1000)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    register = _Register(world)
    organizations = register.organizations()
    evaluators = register.evaluators()
    incubation = _incubation(world)
    projects = _projects(world, organizations)
    world.save(Evaluation, [_evaluation(world, project, evaluators) for project in projects])
    items = services.seed(world, organizations)
    return (
        f"社会组织{len(organizations)}个、评估机构{len(evaluators)}个、孵化服务{incubation}项、"
        f"购买服务项目{len(projects)}个、服务项目{items}项"
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
            contact=f"{world.person_name()[0]}老师",
            phone=world.phone(),
        )

    def _code(self, area: Area, kind: OrganizationKind) -> str:
        division = area.code[:6].ljust(6, "0")
        return credit_code.complete(f"{REGISTERED_AS[kind]}{division}MJX{next(self.serial):06d}")


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


def _projects(world: World, organizations: list[SocialOrganization]) -> list[PurchasedProject]:
    rows = list(
        islice(world.cycle("purchased_projects"), world.targets.count("purchased_projects"))
    )
    weights = [world.rng.uniform(0.5, 2) for _ in rows]
    amounts = split(world.targets.value("purchased_funds"), weights, STEP)
    providers = [one for one in organizations if one.kind == OrganizationKind.SERVICE]
    return world.save(
        PurchasedProject,
        [
            _project(world, row, amount, world.rng.choice(providers))
            for row, amount in zip(rows, amounts, strict=True)
        ],
    )


def _project(
    world: World, row: dict[str, str], amount: Decimal, provider: SocialOrganization
) -> PurchasedProject:
    signed_on = world.day_between(world.months_ago(34), world.months_ago(5))
    starts_on = signed_on + datetime.timedelta(days=world.rng.randint(7, 25))
    ends_on = starts_on + datetime.timedelta(days=world.rng.choice((180, 300, 365)))
    paid = amount if ends_on < world.as_of else amount * world.rng.choice((3, 5, 6)) / 10
    return PurchasedProject(
        area=world.place(district=0.25, street=0.3),
        name=row["name"],
        provider=provider,
        purchaser=f"{world.district}民政局",
        service_field=row["service_field"],
        contract_amount=amount,
        paid_amount=paid,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _evaluation(
    world: World, project: PurchasedProject, evaluators: list[SocialOrganization]
) -> Evaluation:
    middle = project.starts_on + (project.ends_on - project.starts_on) / 2
    return Evaluation(
        area=project.area,
        project=project,
        provider=project.provider,
        evaluator=world.rng.choice(evaluators),
        evaluated_on=world.day_between(
            min(middle, world.months_ago(1)), min(project.ends_on, world.as_of)
        ),
        grade=world.rng.choice(GRADES),
        summary="查阅资料、走访服务对象后作出评估（演示）。",
    )
