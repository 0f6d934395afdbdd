"""Figures as open data: the same values as the pages, with what they mean."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from suzhou_portal.figures.cards import Card, cards_of, figure_url
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope

FIELDS = [
    "key", "label", "unit", "party", "kind", "value", "numerator", "denominator", "published",
    "exactness", "definition", "quote", "source", "as_of", "area", "records_url", "state",
]  # fmt: skip


def rows(scope: Scope, absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    """One mapping for each figure with the keys of FIELDS. Amounts in 元, ratios as fractions.

    `absolute` makes a full address of a path.
    """
    return [_row(card, scope, absolute) for card in cards_of(figures.all(), scope)]


def _row(card: Card, scope: Scope, absolute: Callable[[str], str]) -> dict[str, Any]:
    figure, published = card.figure, card.published
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "party": figure.party.value,
        "kind": figure.kind.value,
        "value": plain(card.computed.value),
        "numerator": plain(card.computed.numerator),
        "denominator": plain(card.computed.denominator),
        "published": plain(published.value) if published else None,
        "exactness": published.exactness if published else None,
        "definition": figure.definition,
        "quote": published.quote if published else None,
        "source": published.source if published else None,
        "as_of": scope.as_of.isoformat(),
        "area": scope.area.code,
        "records_url": absolute(figure_url(figure.key, scope)),
        "state": card.computed.state.value,
    }


def plain(value: Decimal | int | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), 6)
