"""Property companies with their link to the party, the compounds they serve, and their ratings."""

import datetime

from communities.models import PropertyCompany, PropertyRating, ServedCompound
from communities.models.red_property import grade_of
from seeds.demo.world import World
from suzhou_portal import credit_code
from suzhou_portal.areas.models import Area
from suzhou_portal.lifecycle.moves import take

COMPOUNDS = 2  # of each community
WAITING, RETURNED = 0.2, 0.1  # of the latest ratings
SELF_MANAGED = 0.15  # of the communities have a compound that looks after itself
DAY = datetime.timedelta(days=1)


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    rows = world.rows("property_companies")
    companies = world.save(
        PropertyCompany, [_company(world, number, row) for number, row in enumerate(rows)]
    )
    compounds = [one for area in world.communities for one in _compounds(world, area, companies)]
    compounds = world.save(ServedCompound, compounds)
    rated = sum(_ratings(world, compound) for compound in compounds)
    return f"物业企业{len(companies)}家、物业小区{len(compounds)}个、物业考核{rated}份"


def _company(world: World, number: int, row: dict[str, str]) -> PropertyCompany:
    company = PropertyCompany(
        area=world.streets[number % len(world.streets)] if number % 2 else world.district,
        name=row["name"],
        credit_code=credit_code.complete(f"91{world.district.code}MA{number + 1:07d}"),
        contact=world.person_name(),
        phone=world.phone(),
        started_on=world.months_ago(60),
    )
    if row["party"] == "1":
        company.party_organization = f"{row['name'].split('物业')[0]}物业党支部"
        company.party_founded_on = world.months_ago(world.rng.randint(8, 40))
    if row["cross_posted"] == "1":
        company.cross_posted = True
        company.cross_posted_on = world.months_ago(world.rng.randint(2, 7))
    return company


def _compounds(
    world: World, community: Area, companies: list[PropertyCompany]
) -> list[ServedCompound]:
    here = [company for company in companies if community.code.startswith(company.area_id)]
    made = []
    for row in world.rng.sample(world.rows("compounds"), COMPOUNDS):
        compound = ServedCompound(
            area=community,
            name=row["name"],
            households=world.rng.randint(12, 60) * 20,
            company=world.rng.choice(here),
            started_on=world.months_ago(world.rng.randint(20, 48)),
        )
        made.append(compound)
    if world.chance(SELF_MANAGED):
        made.append(
            ServedCompound(
                area=community, name=f"{world.short(community)}家属院", self_managed=True,
                households=world.rng.randint(2, 12) * 20, started_on=world.months_ago(30),
            )
        )  # fmt: skip
    if world.chance(0.2):  # the company before the last compound's present one
        made.append(
            ServedCompound(
                area=community,
                name=compound.name,
                households=compound.households,
                company=world.rng.choice(here),
                started_on=world.months_ago(59),
                ended_on=compound.started_on - DAY,
            )
        )
    return made


def _ratings(world: World, compound: ServedCompound) -> int:
    if compound.ended_on is not None or compound.self_managed:
        return 0
    latest, earlier = _half_years(world.as_of)
    for period in (earlier, latest):
        [rating] = world.save(PropertyRating, [_rating(world, compound, *period)])
        day = min(period[1] + world.rng.randint(10, 30) * DAY, world.as_of)
        drawn = world.rng.random() if period == latest else 1
        if drawn < RETURNED:
            take(rating, "send_back", on=day, note="缺少居民满意度测评，请补充后再报。")
        elif drawn > RETURNED + WAITING:
            take(rating, "review", on=day)
    return 2


def _rating(
    world: World, compound: ServedCompound, start: datetime.date, end: datetime.date
) -> PropertyRating:
    score = min(98, max(48, round(world.rng.gauss(82, 9))))
    grade = grade_of(score)
    comments = {row["grade"]: row["comment"] for row in world.rows("property_comments")}
    return PropertyRating(
        area=compound.area,
        compound=compound,
        company=compound.company,
        period_start=start,
        period_end=end,
        score=score,
        grade=grade,
        comment=comments[grade],
    )


def _half_years(day: datetime.date) -> list[tuple[datetime.date, datetime.date]]:
    """The two half-years over by that day, latest first."""
    year = day.year
    halves = [
        (datetime.date(y, first, 1), datetime.date(y, first + 5, 30 if first == 1 else 31))
        for y in (year, year - 1)
        for first in (7, 1)
    ]
    return [half for half in halves if half[1] < day][:2]
