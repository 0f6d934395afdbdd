"""Figures as rows: value, change since what was last reported, past, target, published; and what a group
of them says in a sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import cached_property  # functools' one locks all threads out
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from suzhou_portal.areas.models import Area
from suzhou_portal.dashboards.fragments import Fragment, resting_on
from suzhou_portal.dashboards.tables import small
from suzhou_portal.figures.cards import Card, cards_of
from suzhou_portal.figures.comparison import is_nothing
from suzhou_portal.figures.door import Opened
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.models import FigureTarget, PublishedValue
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.targets import Aim
from suzhou_portal.figures.trends import ChangeOverTime, change
from suzhou_portal.reporting import past
from suzhou_portal.reporting.past import Told, told_in
from suzhou_portal.reporting.wording import change_text

_FROM_ZERO = 10**9  # weighs more than any share
# Not a template: of so many rows a template's nodes would be half of what the page costs.
_CELLS = """<tr>
<th scope="row">{link}{parts}</th>
<td data-label="数值" class="num figure-value state-{state}"><strong>{text}</strong> <span>{unit}</span></td>
<td data-label="比上次上报" class="moved moved-{direction}">{moved}{note}</td>
<td data-label="近8期" class="past">{spark}</td>
<td data-label="目标" class="wanted">{aim}</td>
<td data-label="公布" class="published">{published}</td>
</tr>
"""


@dataclass(frozen=True)
class FigureRow:
    """A figure's card with its past, as far as units reported it, and its target, where it has one.

    `change` is from the last period reported to now; of a flow, which a day says nothing of, from the one
    before that to it. `basis` says so.
    """

    card: Card
    told: Told | None
    change: ChangeOverTime | None
    basis: str
    aim: Aim | None
    counted: int | None

    @property
    def figure(self) -> Figure:
        return self.card.figure

    @property
    def moved(self) -> str:
        """The change as people read it; blank where nothing can be compared."""
        return change_text(self.change, self.figure) if self.change else ""

    @property
    def note(self) -> str:
        """What is to be known of the change: of a flow, which periods; how a standard was changed."""
        of_periods = self.change and self.figure.kind is FigureKind.FLOW
        return self.card.change or (self.basis if of_periods else "")

    @property
    def direction(self) -> str:
        """Which way it went, for a mark."""
        difference = self.change.difference if self.change else Decimal(0)
        if is_nothing(difference, self.figure):
            return "same"
        return "up" if difference > 0 else "down"

    @property
    def spark(self) -> SafeString | str:
        """The last periods as a line; blank where none of them was ever reported."""
        return self.told.spark if self.told else ""

    @property
    def weight(self) -> float:
        """How much it changed, as a part of what it was; what began at zero more than anything."""
        if self.change is None or self.direction == "same":
            return 0
        if self.change.share is not None:
            return float(self.change.share)
        return float(self.change.difference) + _FROM_ZERO

    @property
    def computed(self) -> tuple[object, ...]:
        """What of it changes with records of figures."""
        amount = self.card.computed
        aimed = self.aim.amount.value if self.aim else None
        return (
            amount.value, amount.state.value, amount.numerator, amount.denominator,
            amount.previous, amount.people, self.counted, aimed,
        )  # fmt: skip

    @property
    def link(self) -> SafeString:
        """Its name, leading to its page."""
        return format_html('<a href="{}">{}</a>', self.card.url, self.figure.label)

    @property
    def aimed(self) -> SafeString | str:
        """The target and how the value stands to it; blank without one."""
        return self.aim.html if self.aim else ""

    @property
    def cells(self) -> SafeString:
        """The row of a table."""
        card = self.card
        published = format_html("{} {}", card.published_text, card.mark) if card.published else ""
        return format_html(
            _CELLS,
            link=self.link, parts=small(card.parts), state=card.computed.state.value,
            text=card.text, unit=card.unit, direction=self.direction, moved=self.moved,
            note=small(self.note), spark=self.spark, aim=self.aimed, published=published,
        )  # fmt: skip

    @property
    def movement(self) -> SafeString:
        """Its change, in words that need no heading."""
        return format_html("{}{}{}", self.link, self.basis, self.moved)


@dataclass(frozen=True)
class FigureGroup:
    """Rows that belong together, and what they say."""

    title: str
    rows: Sequence[FigureRow]

    @property
    def part(self) -> Fragment:
        """Rendered again once a value in it is another one, whatever happens to the rest of the page."""
        return resting_on(*rest_on(), told=[row.computed for row in self.rows])

    @cached_property
    def finding(self) -> SafeString:
        """What rose and what fell most, and what is short of its target; blank where nothing is."""
        missed = [row for row in self.rows if row.aim and row.aim.short]
        short = [format_html("{}{}", row.link, row.aim and row.aim.standing) for row in missed]
        return _sentence([*_moves(self.rows), *short])


def rest_on() -> list[Any]:
    """The kinds of record that rows rest on, besides figures."""
    return [Area, PublishedValue, FigureTarget, *past.rests_on()]


def rows_of(
    chosen: Iterable[Figure], scope: Scope, here: Opened, targets: Mapping[str, Aim]
) -> list[FigureRow]:
    """The figures' rows in the scope, in the order given; a few statements, whatever their number."""
    chosen = [here.meant(figure) for figure in chosen]
    area = scope.area.code
    day = scope.period.previous().last if scope.period else scope.clock
    known = told_in(chosen, area, day)
    return [
        FigureRow(
            card, told, *_change(card, told, scope), targets.get(key), here.counted(card.figure)
        )
        for card in cards_of(chosen, scope, here)
        for key in [card.figure.key]
        for told in [known.get(key)]
    ]


def movement(rows: Iterable[FigureRow]) -> SafeString:
    """What rose and what fell most; blank where nothing did."""
    return _sentence(_moves(list(rows)))


def _moves(rows: Sequence[FigureRow]) -> list[SafeString]:
    risen = max(rows, key=lambda row: row.weight, default=None)
    fallen = min(rows, key=lambda row: row.weight, default=None)
    return [
        *([format_html("{}，增加最多", risen.movement)] if risen and risen.weight > 0 else []),
        *([format_html("{}，减少最多", fallen.movement)] if fallen and fallen.weight < 0 else []),
    ]


def _sentence(said: Sequence[SafeString]) -> SafeString:
    parts = format_html_join("；", "{}", ((one,) for one in said))
    return format_html("{}。", parts) if said else SafeString()


def _change(card: Card, told: Told | None, scope: Scope) -> tuple[ChangeOverTime | None, str]:
    if told is None:
        return None, ""
    own = scope.period is not None and scope.period.kind is told.period.kind
    if card.figure.kind is not FigureKind.FLOW or own:
        return change(card.computed, told.amount), f"比{told.period.label}"
    return change(told.amount, told.before), f"{told.period.label}比上期"
