"""What each figure means, written down whenever its declaration says something new.

A version is what is declared: name, unit, kind, measure and wording. The SQL of the records is none of
it, since a release of the framework may word the same rule otherwise; that a rule changes together with
its wording is checked where the portal is developed (tests/figures/test_rules_said.py).
"""

import hashlib
import json

from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.reporting.models import FigureDefinition


def record(using: str = "default") -> dict[str, FigureDefinition]:
    """The current definition of each figure, by its key; what is new gets its next version."""
    latest = _latest(using)
    new = [
        _version(figure, latest.get(figure.key))
        for figure in figures.all()
        if figure.key not in latest or not _says(latest[figure.key], figure)
    ]
    if not new:
        return latest
    # What somebody else recorded at the same time stands.
    FigureDefinition.objects.using(using).bulk_create(new, ignore_conflicts=True)
    return _latest(using)


def digest(figure: Figure) -> str:
    """The SHA-256 of everything that is declared of what the figure is."""
    return hashlib.sha256(json.dumps(_declared(figure), ensure_ascii=False).encode()).hexdigest()


def _declared(figure: Figure) -> dict[str, str]:
    """The columns of a version."""
    within = figure.within
    return {
        "label": figure.label,
        "unit": figure.unit,
        "kind": figure.kind.value,
        "measure": repr(figure.measure),
        "definition": figure.definition,
        "period_label": within.label if within else "",
        "period_definition": within.definition if within else "",
    }


def _says(version: FigureDefinition, figure: Figure) -> bool:
    """Whether its columns say what is declared now; former releases made digests of other things."""
    return all(getattr(version, name) == said for name, said in _declared(figure).items())


def _latest(using: str) -> dict[str, FigureDefinition]:
    versions = FigureDefinition.objects.using(using).order_by("figure", "-version")
    return {one.figure: one for one in versions.distinct("figure")}


def _version(figure: Figure, former: FigureDefinition | None) -> FigureDefinition:
    return FigureDefinition(
        figure=figure.key,
        version=former.version + 1 if former else 1,
        digest=digest(figure),
        **_declared(figure),
    )
