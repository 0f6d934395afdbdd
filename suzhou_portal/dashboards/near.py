"""What a resident finds of their own community first: whom to call, what is there, what is announced."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from communities.models import CommunityProfile
from organizations.models import ServiceItem
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.codes import Level, community_of
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.cards import figure_url, shown
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.finding.asking import ask_url
from suzhou_portal.notices.published import Entry, coming, latest

SERVICES, ENTRIES = 3, 4  # of each so many
# What the part above the news shows.
SHOWN = (Area, DivisionChange, CommunityProfile, ServiceItem)


@dataclass(frozen=True)
class Near:
    """A division as somebody who lives there needs it, on a day; of a grid, what its community has.

    Each part is looked up when a page first asks for it.
    """

    area: Area
    day: datetime.date

    @property
    def community(self) -> str:
        """The code of the community; blank where the division is larger than one."""
        inside = self.area.level in (Level.COMMUNITY, Level.GRID)
        return community_of(self.area.code) if inside else ""

    @cached_property
    def profile(self) -> CommunityProfile | None:
        """Phone, hours and address of the community; None where there is none, or nobody entered it."""
        known = CommunityProfile.objects.filter(area=self.community) if self.community else None
        return known.first() if known is not None else None

    @cached_property
    def services(self) -> list[ServiceItem]:
        """What can be used there, closest first."""
        listed = ServiceItem.objects.listed(self.day).select_related("area")
        return list(listed.for_resident_of(self.area.code)[:SERVICES])

    @cached_property
    def activities(self) -> list[Entry]:
        """What is held there next."""
        return coming(self.area.code, self.day, ENTRIES)

    @cached_property
    def notices(self) -> list[Entry]:
        """What was published there last, and is not among the activities."""
        ahead = [one.url for one in self.activities]
        news = latest(self.area.code, self.day, 2 * ENTRIES)
        return [one for one in news if one.url not in ahead][:ENTRIES]

    @property
    def ask(self) -> str:
        """Where somebody there asks for help."""
        return ask_url(area=self.community)


@dataclass(frozen=True)
class ShortFigure:
    """A figure as one line: what it is called, its page, its value as people read it, and in which state."""

    label: str
    url: str
    text: str
    state: State


@dataclass(frozen=True)
class InShort:
    """Figures as lines: those that say something, and those of which there is nothing here."""

    said: list[ShortFigure]
    nothing: list[ShortFigure]


def in_short(chosen: Iterable[Figure], scope: Scope, here: Opened) -> InShort:
    """Zero is told in one sentence; unknown, unreported and withheld are no zero."""
    short = InShort([], [])
    for value in map(here.value, chosen):
        text = "".join(shown(value))
        line = ShortFigure(
            value.figure.label, figure_url(value.figure.key, scope), text, value.state
        )
        (short.nothing if value.value == 0 else short.said).append(line)
    return short
