"""How a figure is quoted: what, where, when, how much, by which definition, and at which address."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from suzhou_portal.figures.cards import Card
from suzhou_portal.figures.scope import Scope
from suzhou_portal.formats import date
from suzhou_portal.reporting.models import Correction, FigureDefinition, Snapshot


@dataclass(frozen=True)
class Citation:
    """`text` ends where the address follows; `kept` tells that what stands there never changes."""

    text: str
    address: str
    kept: bool


def of_page(
    request: HttpRequest, card: Card, scope: Scope, definitions: Sequence[FigureDefinition]
) -> Citation:
    """What a figure's page shows; the address holds the day, unless the period asked for is over."""
    period, figure = scope.period, card.figure
    over = period is not None and period.ended_by(scope.clock)
    until = {} if over else {"as_of": scope.clock.isoformat()}
    asked = {"area": scope.area.code, **until, **scope.when}
    when = [period.label] if period else []
    if not over:
        when.append(f"截至{date(scope.clock)}")
    version = [f"口径第{definitions[0].version}版"] if definitions else []
    said = [f"“{figure.label}”", scope.area.name, *when, card.text + card.unit, *version]
    address = f"{reverse('figure', args=[figure.key])}?{urlencode(asked)}"
    return Citation("，".join(said), request.build_absolute_uri(address), kept=False)


def of_snapshot(request: HttpRequest, snapshot: Snapshot) -> Citation:
    """What was published, with its corrections."""
    report, definition = snapshot.report, snapshot.definition
    said = [
        f"“{snapshot.label}”", report.area.name, report.period_label, snapshot.text,
        f"口径第{definition.version}版", f"{date(report.approved_on)}发布",
        *map(_corrected, snapshot.corrected),
    ]  # fmt: skip
    address = request.build_absolute_uri(snapshot.get_absolute_url())
    return Citation("，".join(said), address, kept=True)


def _corrected(correction: Correction) -> str:
    what = f"更正为{correction.text}" if correction.text else "有更正说明"
    return f"{date(correction.approved_on)}{what}"
