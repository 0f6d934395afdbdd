"""Figures made ready for a page: everything is a finished string, formatted once in Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from suzhou_portal import formats
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures.comparison import Comparison, compare, is_nothing
from suzhou_portal.figures.door import FigureValue, Opened
from suzhou_portal.figures.enums import Agreement, Exactness, State
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope

AGREES = (Agreement.SAME, Agreement.WITHIN)
_AGREES = '<span class="agrees" aria-hidden="true">✓</span><span class="visually-hidden">{}</span>'
_SAID = '<span class="agreement agreement-{1}">{0}</span>'


@dataclass(frozen=True)
class Card:
    """One figure in one division, computed beside published.

    `text` and `unit` are the value as people read it; `parts` says what a ratio divides, `change`
    how a standard moved; `difference` is blank where both agree.
    """

    figure: Figure
    computed: FigureValue
    url: str
    text: str
    unit: str
    parts: str
    change: str
    published: PublishedValue | None
    published_text: str
    comparison: Comparison
    difference: str

    @property
    def known(self) -> bool:
        return self.computed.state is State.KNOWN

    @property
    def mark(self) -> SafeString:
        """How the value stands to the published one: one quiet sign where they agree, else loud in words."""
        agrees = self.comparison.agreement in AGREES
        return format_html(_AGREES, self._agreement) if agrees else self.verdict

    @property
    def verdict(self) -> SafeString:
        """The same in words, whatever it is."""
        return format_html(_SAID, self._agreement, self.comparison.agreement.value)

    @property
    def _agreement(self) -> str:
        return self.comparison.agreement.label + (f"，{self.difference}" if self.difference else "")


def published_in(area: Area) -> dict[str, PublishedValue]:
    """The latest published value of each figure in a division, by the figure's key."""

    def published() -> dict[str, PublishedValue]:
        values = PublishedValue.objects.filter(area=area).order_by("as_of")
        return {value.figure: value for value in values}

    return remembered(("published", area.code), [PublishedValue], published)


def cards_of(chosen: Iterable[Figure], scope: Scope, here: Opened | None = None) -> list[Card]:
    """The figures' cards in the scope, in the order given; `here` holds them where already opened."""
    chosen = list(chosen)
    here = here or scope.opened(chosen)
    published = published_in(scope.area)
    return [_card(here.value(one), scope, published.get(one.key)) for one in chosen]


def figure_url(key: str, scope: Scope, code: str | None = None) -> str:
    """The page behind a figure, for the scope's date and its (or another) division."""
    return f"{reverse('figure', args=[key])}?{scope.query(code)}"


def shown(value: FigureValue) -> tuple[str, str]:
    """Text and unit of a computed value; the reason, without unit, where there is none."""
    return shown_in(value, value.figure.unit)


def shown_in(amount: Amount | FigureValue, unit: str) -> tuple[str, str]:
    """Text and unit of any amount; the reason, without unit, where there is none."""
    if amount.value is None:
        return amount.state.label, ""
    return formats.quantity(amount.value, unit)


def together(value: Decimal | int, unit: str) -> str:
    """A value with its unit, as one string."""
    return "".join(formats.quantity(value, unit))


def divided(value: FigureValue) -> str:
    """Of a ratio what it divides: 92÷295; blank for others, and where it has no value."""
    if value.value is None or not figures.parts(value.figure):
        return ""
    return f"{formats.number(value.numerator or 0)}÷{formats.number(value.denominator or 0)}"


def _card(computed: FigureValue, scope: Scope, published: PublishedValue | None) -> Card:
    figure = computed.figure
    text, unit = shown(computed)
    comparison = compare(computed, published)
    return Card(
        figure=figure,
        computed=computed,
        url=figure_url(figure.key, scope),
        text=text,
        unit=unit,
        parts=_parts(computed),
        change=_change(computed),
        published=published,
        published_text=published_text(figure, published),
        comparison=comparison,
        difference=_difference(figure, comparison.difference),
    )


def published_text(figure: Figure, published: PublishedValue | None) -> str:
    """A published value as people read it: a bound is marked ≥, a quality is quoted."""
    if published is None:
        return ""
    if published.value is None:
        return published.quote
    text = together(published.value, figure.unit)
    if published.previous_value is not None:
        return f"{together(published.previous_value, figure.unit)}→{text}"
    return f"≥{text}" if published.exactness == Exactness.LOWER_BOUND else text


def _parts(computed: FigureValue) -> str:
    parts = figures.parts(computed.figure)
    values = (computed.numerator, computed.denominator)
    return " ÷ ".join(
        part.label + (together(value, part.unit) if value is not None else State.UNKNOWN.label)
        for part, value in zip(parts, values, strict=False)
    )


def _change(computed: FigureValue) -> str:
    if computed.previous is None or computed.value is None:
        return ""
    unit, rise = computed.figure.unit, computed.value - computed.previous
    sign = "+" if rise >= 0 else "−"
    share = f"，{sign}{abs(rise / computed.previous * 100):.1f}%" if computed.previous else ""
    return (
        f"由{together(computed.previous, unit)}调整为{together(computed.value, unit)}"
        f"（{sign}{together(abs(rise), unit)}{share}）"
    )


def _difference(figure: Figure, difference: Decimal | None) -> str:
    if difference is None or is_nothing(difference, figure):
        return ""
    sign = "多" if difference > 0 else "少"
    return f"{sign}{formats.distance(abs(difference), figure.unit)}"
