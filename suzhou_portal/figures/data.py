"""Figures as open data: the same values as the pages, with what they mean and may be used for."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.figures.cards import figure_url, published_in
from suzhou_portal.figures.door import FigureValue
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.scope import Scope

FIELDS = [
    "key", "label", "unit", "party", "kind", "value", "numerator", "denominator", "published",
    "exactness", "definition", "quote", "source", "as_of", "area", "records_url", "state",
    "period", "licence", "published_as_of", "measure",
]  # fmt: skip


def rows(scope: Scope, absolute: Callable[[str], str]) -> list[dict[str, Any]]:
    """One mapping for each figure with the keys of FIELDS. Amounts in 元, ratios as fractions.

    `absolute` makes a full address of a path.
    """
    published, here = published_in(scope.area), scope.opened(figures.all())
    return [
        _row(here.value(figure), published.get(figure.key), scope, absolute)
        for figure in here.chosen
    ]


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
    meant = figure.since(scope.since)
    return {
        "identifier": figure.key,
        "title": meant.label,
        "description": meant.definition,
        "unit": figure.unit,
        "kind": figure.kind.value,
        "measure": figure.measure.name,
        "theme": figure.party.value,
        "landingPage": absolute(f"{page}?{query}"),
        "distribution": [
            {"format": "csv", "title": label, "accessURL": absolute(f"{address}?{asked}")}
            for label, address, asked in _files(meant, query)
        ],
    }


def _files(figure: Figure, query: str) -> Iterator[tuple[str, str, str]]:
    """What the records counted are called, their file, and how it is asked for; of a ratio, those of
    what is divided and of what divides.
    """
    address = reverse("figure_rows_csv", args=[figure.key])
    parts = figures.parts(figure)
    for role, part in zip(("分子", "分母"), parts, strict=False):
        yield f"{role}：{part.label}", address, f"{query}&{urlencode({'part': part.key})}"
    if not parts:
        yield figure.label, address, query


def _row(
    computed: FigureValue,
    published: PublishedValue | None,
    scope: Scope,
    absolute: Callable[[str], str],
) -> dict[str, Any]:
    figure = computed.figure
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "party": figure.party.value,
        "kind": figure.kind.value,
        "value": plain(computed.value),
        "numerator": plain(computed.numerator),
        "denominator": plain(computed.denominator),
        "published": plain(published.value) if published else None,
        "exactness": published.exactness if published else None,
        "definition": figure.definition,
        "quote": published.quote if published else None,
        "source": published.source if published else None,
        "as_of": scope.as_of.isoformat(),
        "area": scope.area.code,
        "records_url": absolute(figure_url(figure.key, scope)),
        "state": computed.state.value,
        "period": str(scope.period) if scope.period else None,
        "licence": licence(),
        "published_as_of": published.as_of.isoformat() if published else None,
        "measure": figure.measure.name,
    }


def plain(value: Decimal | int | None) -> int | float | None:
    """A JSON number: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), 6)
