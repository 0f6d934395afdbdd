"""What nobody waits for: keeping all areas warm, forgetting old marks, and proving what is kept."""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg.errors import SerializationFailure

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.models import Touched
from suzhou_portal.caching.followed import remembered
from suzhou_portal.figures.kept.models import FigureAudit, KeptValue, Part
from suzhou_portal.figures.kept.refresh import computed_form, figures_of, refresh
from suzhou_portal.figures.kept.rows import KeptRow, Place, from_kept, look, one_snapshot
from suzhou_portal.figures.registry import Figure

TOGETHER = 2_000  # areas computed by one query for each figure
ATTEMPTS = 5  # at areas of which readers store some meanwhile
_FOREIGN = (
    "DELETE FROM figures_kept k USING pg_control_system() c WHERE k.cluster <> c.system_identifier",
    # Of a transaction yet to come: such a mark would make values stale until then.
    "DELETE FROM audit_touched WHERE transaction > pg_current_xact_id()",
)


@dataclass(frozen=True)
class Mismatch:
    """A kept entry that is not what records say; both as they are kept."""

    area: str
    figure: Figure
    kept: Any
    computed: Any

    def __str__(self):
        return (
            f"{self.area} {self.figure.label}（{self.figure.key}）："
            f"保存的是{self.kept}，重新计算是{self.computed}"
        )


@dataclass
class Findings:
    """What an audit compared, and what differed. Values known to be stale claim nothing."""

    areas: int = 0
    compared: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)


def areas_of(code: str) -> list[str]:
    """An area, those in it, and those around it, whose values count it too."""
    inside = Area.objects.inside(code).values_list("code", flat=True)
    return sorted({*inside, *codes.lineage(code)})


def refresh_all(areas: Iterable[str], as_of: datetime.date) -> int:
    """Compute what is not true of the areas, many at a time; returns how many areas there were.

    Raises what `refresh.refresh` raises, unless readers were only quicker with some of the areas.
    """
    count = 0
    for places in _batches(areas):
        _refresh(places, as_of)
        count += sum(part == Part.VALUES for _, part in places)
    return count


def _refresh(places: list[Place], as_of: datetime.date) -> None:
    for _ in range(ATTEMPTS - 1):
        try:
            refresh(places, as_of)
        except OperationalError as error:
            if not isinstance(error.__cause__, SerializationFailure):
                raise
        else:
            return
    refresh(places, as_of)


@transaction.atomic
def forget(as_of: datetime.date) -> None:
    """Remove all marks, and what was kept of other dates; all that is kept is stale then.

    The one mark left is of this transaction, so that a value computed from a snapshot before it, and
    stored after it, is stale as well.
    """
    Touched.objects.all()._raw_delete("default")
    KeptValue.objects.exclude(as_of=as_of)._raw_delete("default")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_touched (source, area_code, transaction)"
            " VALUES ('', '', pg_current_xact_id())"
        )


def remove_foreign(owner: Any) -> None:
    """Over the owner's connection, remove what a restore has brought from another cluster, where
    transactions were counted otherwise. Raises DatabaseError.
    """
    tables = {model._meta.db_table for model in (KeptValue, Touched)}
    if tables <= set(owner.introspection.table_names()):
        with owner.cursor() as cursor:
            for foreign in _FOREIGN:
                cursor.execute(foreign)


def audit(areas: Iterable[str], as_of: datetime.date, *, repair: bool = False) -> Findings:
    """Compute again from records all that is kept of the areas and claims to be true.

    With `repair`, what differs is stored anew.
    """
    findings = Findings()
    for places in _batches(areas):
        with one_snapshot():
            found = _compare(look(places, as_of).rows, as_of, findings)
            findings.mismatches += found
            if repair and found:
                KeptValue.objects.filter(area_code__in={one.area for one in found})._raw_delete(
                    "default"
                )
    if repair and findings.mismatches:
        refresh_all(sorted({mismatch.area for mismatch in findings.mismatches}), as_of)
    return findings


def record(code: str, as_of: datetime.date, findings: Findings) -> FigureAudit:
    """Write down that an audit of an area was made, and what it found."""
    return FigureAudit.objects.create(
        area_code=code,
        as_of=as_of,
        areas=findings.areas,
        compared=findings.compared,
        mismatches=[str(mismatch) for mismatch in findings.mismatches],
    )


def latest_audit(area: str) -> FigureAudit | None:
    """The last audit that compared the area's values; None before the first."""

    def latest() -> FigureAudit | None:
        return FigureAudit.objects.filter(area_code__in=codes.lineage(area)).first()

    return remembered(("audit", area), [FigureAudit], latest)


def _compare(
    kept: dict[Place, KeptRow], as_of: datetime.date, findings: Findings
) -> list[Mismatch]:
    rows = {place: row for place, row in kept.items() if row.usable}
    claimed = {place: _claimed(place, row) for place, row in rows.items()}
    again = computed_form(claimed, as_of)
    findings.areas += sum(part == Part.VALUES for _, part in rows)
    mismatches = []
    for place, figures in claimed.items():
        findings.compared += len(figures)
        for figure in figures:
            kept_entry = rows[place].figures.get(figure.key) or {}
            true = again.get(place, {}).get(figure.key) or {}
            if from_kept(kept_entry) != from_kept(true):
                mismatches.append(Mismatch(place[0], figure, kept_entry, true))
    return mismatches


def _claimed(place: Place, row: KeptRow) -> list[Figure]:
    """The figures of which the row says it is true."""
    every = figures_of(place[1])
    stale = {figure.key for figure in row.stale(every)}
    return [figure for figure in every if figure.key not in stale]


def _batches(areas: Iterable[str]) -> Iterator[list[Place]]:
    """Some areas of one level at a time, each with all that is kept of it."""
    deepest_first = sorted(areas, key=codes.length_of, reverse=True)
    for _, level in groupby(deepest_first, key=codes.length_of):
        together = list(level)
        for first in range(0, len(together), TOGETHER):
            some = together[first : first + TOGETHER]
            inner = [area for area in some if codes.child_length(area)]
            yield [
                *((area, Part.VALUES) for area in some),
                *((area, Part.WITHHELD) for area in inner),
            ]
