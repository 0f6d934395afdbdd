"""What steps of returns check and change besides."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import figures
from suzhou_portal.formats import date
from suzhou_portal.lifecycle.moves import before
from suzhou_portal.reporting import definitions
from suzhou_portal.reporting.capture import Counted, capture
from suzhou_portal.reporting.disclosure import rounded
from suzhou_portal.reporting.models import FigureDefinition, Return, Snapshot


@before(Return, "submit")
def submit_when_over(report: Return, by: Any, on: datetime.date) -> None:
    """Refuse a period that is not over, or values that are missing without a reason."""
    if on <= report.span.last:
        raise ValidationError({
            "submitted_on": f"{report.span.label}到{date(report.span.last)}结束，结束后才能提交。"
        })  # fmt: skip
    if not report.explanation.strip() and (missing := missing_from(report)):
        named = "、".join(f"“{label}”" for label in missing[:5])
        more = "等" if len(missing) > 5 else ""
        raise ValidationError({"explanation": f"{named}{more}没有数值，请写明原因。"})


@before(Return, "approve")
def keep_what_is_approved(report: Return, by: Any, on: datetime.date) -> None:
    """Keep the values as they are now: once approved, the database takes none."""
    Snapshot.objects.bulk_create(snapshots_of([report]))


def missing_from(report: Return) -> list[str]:
    """The names of the figures that have no value in the return's period and area."""
    counted = capture([report.area_id], report.span)
    return [
        figures.get(key).label
        for (_, key), one in counted.items()
        if one.amount.state in (State.UNKNOWN, State.NOT_REPORTED)
    ]


def snapshots_of(reports: Iterable[Return]) -> list[Snapshot]:
    """The published figures of returns of one period as they are now, not yet saved."""
    by_area = {report.area_id: report for report in reports}
    if not by_area:
        return []
    [period] = {report.span for report in by_area.values()}
    current = definitions.record()
    return [
        _snapshot(by_area[area], key, counted, current[key])
        for (area, key), counted in capture(by_area, period).items()
    ]


def _snapshot(report: Return, key: str, counted: Counted, definition: FigureDefinition) -> Snapshot:
    return Snapshot(
        area_id=report.area_id,
        is_demo=report.is_demo,
        report=report,
        figure=key,
        definition=definition,
        value=rounded(counted.amount.value),
        numerator=rounded(counted.amount.numerator),
        denominator=rounded(counted.amount.denominator),
        value_state=counted.amount.state,
        as_of=report.span.last,
        rows=counted.rows,
        digest=counted.digest,
        keys=counted.keys,
    )
