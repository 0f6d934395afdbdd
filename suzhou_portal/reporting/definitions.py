"""What each figure means, written down whenever the code says something new."""

import datetime
import hashlib
import json

from django.core.exceptions import EmptyResultSet

from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.reporting.models import FigureDefinition

_SOME_DAY = datetime.date(2000, 12, 31)


def record(using: str = "default") -> dict[str, FigureDefinition]:
    """The current definition of each figure, by its key; what is new gets its next version.

    Two who record at once record it once.
    """
    latest = _latest(using)
    new = [
        _version(figure, latest.get(figure.key))
        for figure in figures.all()
        if figure.key not in latest or latest[figure.key].digest != digest(figure)
    ]
    if not new:
        return latest
    # What somebody else recorded at the same time stands.
    FigureDefinition.objects.using(using).bulk_create(new, ignore_conflicts=True)
    return _latest(using)


def digest(figure: Figure) -> str:
    """The SHA-256 of everything that says what the figure is, the query of its records included."""
    return hashlib.sha256(json.dumps(_declaration(figure), ensure_ascii=False).encode()).hexdigest()


def _declaration(figure: Figure) -> list[str]:
    within = figure.within
    return [
        figure.label, figure.unit, figure.kind.value, repr(figure.measure), figure.definition,
        figure.note, figure.nothing.value, _sql(figure),
        _sql(figure.since(_SOME_DAY.replace(day=1))) if within else "",
        *([within.label, within.definition] if within else []),
    ]  # fmt: skip


def _sql(figure: Figure) -> str:
    """What is counted, without the columns, which change with their table and not with the rule."""
    if figure.records_as_of is None:
        return ""
    try:
        return str(figure.records_as_of(_SOME_DAY).order_by().values("pk").query)
    except EmptyResultSet:
        return ""


def _latest(using: str) -> dict[str, FigureDefinition]:
    versions = FigureDefinition.objects.using(using).order_by("figure", "-version")
    return {one.figure: one for one in versions.distinct("figure")}


def _version(figure: Figure, former: FigureDefinition | None) -> FigureDefinition:
    return FigureDefinition(
        figure=figure.key,
        version=former.version + 1 if former else 1,
        label=figure.label,
        unit=figure.unit,
        kind=figure.kind,
        measure=repr(figure.measure),
        definition=figure.definition,
        period_label=figure.within.label if figure.within else "",
        period_definition=figure.within.definition if figure.within else "",
        digest=digest(figure),
    )
