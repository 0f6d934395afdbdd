"""Figures as open data: the same values as the pages, with what they mean and may be used for."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse

from suzhou_portal.figures import door
from suzhou_portal.figures.amounts import Amount
from suzhou_portal.figures.cards import figure_url, published_in
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.trends import series

FIELDS = [
    "key", "label", "unit", "party", "kind", "value", "numerator", "denominator", "published",
    "exactness", "definition", "quote", "source", "as_of", "area", "records_url", "state",
    "period", "licence",
]  # fmt: skip


def rows(scope: Scope, absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    """One mapping for each figure with the keys of FIELDS. Amounts in 元, ratios as fractions.

    `absolute` makes a full address of a path.
    """
    published = published_in(scope.area)
    return [
        _row(figure, amount, published.get(figure.key), scope, absolute)
        for figure, amount in _amounts(scope)
    ]


def _amounts(scope: Scope) -> list[tuple[Figure, Amount | FigureValue]]:
    """What each figure comes to on the scope's date, or in its period."""
    code, clock, chosen = scope.area.code, scope.clock, figures.all()
    if period := scope.period:
        return [(one, series(one.key, code, [period], clock)[0].amount) for one in chosen]
    return list(zip(chosen, door.values(chosen, code, scope.as_of), strict=True))


def licence() -> str:
    """The terms under which the data may be used."""
    return settings.DATA_LICENCE or "待核定"


def catalogue(scope: Scope, absolute: Callable[[str], str]) -> dict[str, Any]:
    """What data there is, in the terms of DCAT: for each figure a dataset with its files."""
    return {
        "title": f"{scope.area.name}五社联动开放数据",
        "publisher": settings.SITE_IDENTITY["主办单位"] or "待核定",
        "license": licence(),
        "spatial": scope.area.code,
        "modified": scope.as_of.isoformat(),
        "dataset": [_dataset(figure, scope, absolute) for figure in figures.all()],
        "distribution": [
            {"format": ending, "accessURL": absolute(f"{reverse(name)}?{scope.query()}")}
            for ending, name in (("json", "figures_json"), ("csv", "figures_csv"))
        ],
    }


def _dataset(figure: Figure, scope: Scope, absolute: Callable[[str], str]) -> dict[str, Any]:
    page, query = reverse("figure", args=[figure.key]), scope.query()
    records = reverse("figure_rows_csv", args=[figure.key])
    return {
        "identifier": figure.key,
        "title": figure.label,
        "description": figure.definition,
        "unit": figure.unit,
        "kind": figure.kind.value,
        "theme": figure.party.value,
        "landingPage": absolute(f"{page}?{query}"),
        "distribution": [{"format": "csv", "accessURL": absolute(f"{records}?{query}")}],
    }


def _row(
    figure: Figure,
    amount: Amount | FigureValue,
    published: PublishedValue | None,
    scope: Scope,
    absolute: Callable[[str], str],
) -> dict[str, Any]:
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "party": figure.party.value,
        "kind": figure.kind.value,
        "value": plain(amount.value),
        "numerator": plain(amount.numerator),
        "denominator": plain(amount.denominator),
        "published": plain(published.value) if published else None,
        "exactness": published.exactness if published else None,
        "definition": figure.definition,
        "quote": published.quote if published else None,
        "source": published.source if published else None,
        "as_of": scope.as_of.isoformat(),
        "area": scope.area.code,
        "records_url": absolute(figure_url(figure.key, scope)),
        "state": amount.state.value,
        "period": str(scope.period) if scope.period else None,
        "licence": licence(),
    }


def plain(value: Decimal | int | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), 6)
