"""The two committees of each community: terms, members, some seats vacant, some terms about to end; and
the term before, whose members were older and had learned less.
"""

import datetime
from dataclasses import dataclass

from communities.enums.committees import Choice, CommitteeKind, Education, Politics, Position, Sex
from communities.models import CommitteeMember, CommitteeTerm, Person
from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.months import months_before

NUMBER = {CommitteeKind.PARTY: 3, CommitteeKind.RESIDENTS: 9}
SEATS = {CommitteeKind.PARTY: (5, 7), CommitteeKind.RESIDENTS: (5, 7, 9)}
HEAD = {CommitteeKind.PARTY: Position.SECRETARY, CommitteeKind.RESIDENTS: Position.DIRECTOR}
DEPUTY = {
    CommitteeKind.PARTY: Position.DEPUTY_SECRETARY,
    CommitteeKind.RESIDENTS: Position.DEPUTY_DIRECTOR,
}
BEGUN, BEGUN_EARLY = 26, 56  # months ago; the early ones end within half a year
EVERY = 7  # one community in so many elected early, outside the common round
HEADS_BOTH, VACANT, SUCCEEDED = 0.75, 0.12, 0.1
# Of the members of now, and of those of the term before: age (years) and how far it differs, shares of
# women and of party members, weights of education from low to high.
NOW = (42, 7, 0.55, 0.7, (1, 4, 9, 7, 1))
BEFORE = (50, 6, 0.4, 0.5, (5, 9, 5, 1, 0))
YOUNGEST, OLDEST = 23, 62
NOBODY_KNOWS = 0.05


@dataclass
class Seat:
    """Who sits where in which term; `until` where somebody else followed."""

    term: CommitteeTerm
    position: Position
    since: datetime.date
    until: datetime.date | None = None
    person: Person | None = None


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    terms = world.save(
        CommitteeTerm,
        [
            _term(world, community, kind, number)
            for number, community in enumerate(world.communities)
            for kind in CommitteeKind
        ],
    )
    former = world.save(CommitteeTerm, [_former(term) for term in terms])
    seats = [seat for term in terms for seat in _seats(world, term)]
    seats += [
        Seat(seat.term, seat.position, seat.since, seat.term.ends_on)
        for term in former
        for seat in _seats(world, term)
        if seat.since == term.started_on
    ]
    _fill(world, seats)
    like = {seat.person: _like(world, seat) for seat in seats}
    members = [
        CommitteeMember(
            area=seat.term.area,
            term=seat.term,
            person=seat.person,
            position=seat.position,
            started_on=seat.since,
            ended_on=seat.until,
            chosen=Choice.ELECTED if seat.since == seat.term.started_on else Choice.FILLED,
            chosen_on=seat.since,
            **like[seat.person],
        )
        for seat in seats
    ]
    return f"“两委”班子{len(terms) + len(former)}届、成员{len(world.save(CommitteeMember, members))}人次"


def _term(world: World, community: Area, kind: CommitteeKind, number: int) -> CommitteeTerm:
    early = number % EVERY == EVERY - 1
    started_on = world.months_ago(BEGUN_EARLY if early else BEGUN).replace(day=1)
    return CommitteeTerm(
        area=community,
        kind=kind,
        number=NUMBER[kind],
        started_on=started_on,
        ends_on=months_before(started_on, -60) - datetime.timedelta(days=1),
        seats=world.rng.choice(SEATS[kind]),
    )


def _former(term: CommitteeTerm) -> CommitteeTerm:
    """The term before, of as many seats."""
    return CommitteeTerm(
        area=term.area,
        kind=term.kind,
        number=term.number - 1,
        started_on=months_before(term.started_on, 60),
        ends_on=term.started_on - datetime.timedelta(days=1),
        seats=term.seats,
    )


def _like(world: World, seat: Seat) -> dict[str, str]:
    """What the member is like; of a few nobody has written down everything."""
    number = NUMBER[CommitteeKind(seat.term.kind)]
    age, spread, women, party, learned = NOW if seat.term.number == number else BEFORE
    years = min(max(round(world.rng.gauss(age, spread)), YOUNGEST), OLDEST)
    of_party = seat.term.kind == CommitteeKind.PARTY or world.chance(party)
    [education] = world.rng.choices(Education.values, learned)
    return {
        "sex": Sex.FEMALE if world.chance(women) else Sex.MALE,
        "born": f"{seat.term.started_on.year - years}-{world.rng.randint(1, 12):02}",
        "education": "" if world.chance(NOBODY_KNOWS) else education,
        "politics": Politics.PARTY if of_party else Politics.MASSES,
    }


def _seats(world: World, term: CommitteeTerm) -> list[Seat]:
    kind = CommitteeKind(term.kind)
    seats = [Seat(term, HEAD[kind], term.started_on), Seat(term, DEPUTY[kind], term.started_on)]
    for _ in range(term.seats - len(seats)):
        if world.chance(VACANT):
            continue
        seats.append(Seat(term, Position.MEMBER, term.started_on))
        if world.chance(SUCCEEDED):  # left after a year or so, and somebody followed
            seats[-1].until = months_before(term.started_on, -world.rng.randint(8, 20))
            since = seats[-1].until + datetime.timedelta(days=world.rng.randint(10, 60))
            seats.append(Seat(term, Position.MEMBER, since))
    return seats


def _fill(world: World, seats: list[Seat]) -> None:
    """A person for each seat; most secretaries are their community's director too."""
    heads = {
        (seat.term.area_id, seat.term.started_on): seat
        for seat in seats
        if seat.position == Position.SECRETARY
    }
    both = [
        seat for seat in seats if seat.position == Position.DIRECTOR and world.chance(HEADS_BOTH)
    ]
    alone = [seat for seat in seats if seat not in both]
    people = world.save(
        Person,
        [
            Person(area=seat.term.area, name=world.person_name(), phone=world.phone())
            for seat in alone
        ],
    )
    for seat, person in zip(alone, people, strict=True):
        seat.person = person
    for seat in both:
        seat.person = heads[seat.term.area_id, seat.term.started_on].person
