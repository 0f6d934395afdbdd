"""What the published figures come to in a period, with the records counted, for many areas at once."""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, BigIntegerField, TextField

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import counted_in
from suzhou_portal.figures import spans
from suzhou_portal.figures.amounts import WITHHELD, Amount, amount, quotient
from suzhou_portal.figures.measures import CurrentOf
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.figures.spans import Span
from suzhou_portal.reporting import duties

FEW = 200  # so many keys are kept themselves, beside their digest


class _KeyDigest(Aggregate):
    """SHA-256 of the sorted keys, joined by commas."""

    template = (
        "encode(sha256(convert_to(string_agg(%(expressions)s::text, ','"
        " ORDER BY %(expressions)s), 'UTF8')), 'hex')"
    )
    output_field = TextField()


class _FewKeys(Aggregate):
    """The sorted keys themselves, where they are few."""

    template = (
        f"CASE WHEN count(*) <= {FEW} THEN array_agg(%(expressions)s ORDER BY %(expressions)s) END"
    )
    output_field = ArrayField(BigIntegerField())


@dataclass(frozen=True)
class Counted:
    """An amount and the records behind it; of a ratio those of its numerator.

    `keys` is None where they are too many, or would tell what is withheld.
    """

    amount: Amount
    rows: int
    digest: str
    keys: list[int] | None


def digest_of(keys: Iterable[int]) -> str:
    """What the database computes for the same keys."""
    return hashlib.sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()


NOBODY = digest_of([])


def capture(
    areas: Iterable[str], period: Period, only: Collection[str] | None = None
) -> dict[tuple[str, str], Counted]:
    """Each reported figure (or `only` those of these keys) of the whole period in each area, by area
    and key.

    A few statements for each figure, whatever the number of areas and records.
    """
    areas, span = list(areas), Span(period.first, period.last)
    chosen = [figure for figure in duties.reported() if only is None or figure.key in only]
    known: dict[str, dict[str, Counted]] = {}
    for figure in chosen:
        for part in _parts(figure):
            if part.key not in known:
                known[part.key] = _counted(part, span, areas)
    return {(area, figure.key): _result(figure, area, known) for figure in chosen for area in areas}


def _parts(figure: Figure) -> list[Figure]:
    return figures.parts(figure) or [figure]


def _result(figure: Figure, area: str, known: dict[str, dict[str, Counted]]) -> Counted:
    above, *rest = (known[part.key][area] for part in _parts(figure))
    if not rest:
        return above
    return replace(above, amount=quotient(above.amount.value, rest[0].amount.value))


def _counted(figure: Figure, span: Span, areas: list[str]) -> dict[str, Counted]:
    if isinstance(figure.measure, CurrentOf):
        return _standing(figure, span, areas)
    rows = _rows(figure, span, areas)
    hidden = spans.withheld(figure, [span], areas)
    return {
        area: _hidden(row) if (0, area) in hidden else _shown(figure, row)
        for area in areas
        for row in [rows.get(area)]
    }


def _rows(figure: Figure, span: Span, areas: list[str]) -> dict[str, dict[str, Any]]:
    measured, around = figure.measure.aggregates(), _around(areas)
    rows: dict[str, dict[str, Any]] = {}
    for length in {codes.length_of(area) for area in areas}:
        grouped = (
            spans.records(figure, span, around)
            .order_by()
            .values(in_area=counted_in(length))
            .annotate(**measured, digest=_KeyDigest("pk"), keys=_FewKeys("pk"))
        )
        # A shorter code is what stands further out by itself, and not all that lies in it.
        rows |= {
            row["in_area"]: row for row in grouped if codes.length_of(row["in_area"]) == length
        }
    return rows


def _around(areas: list[str]) -> str:
    shared = set.intersection(*(set(codes.lineage(area)) for area in areas))
    return max(shared, key=codes.length_of)


def _shown(figure: Figure, row: dict[str, Any] | None) -> Counted:
    found = amount(figure, row)
    if row is None:
        return Counted(found, 0, NOBODY, [])
    return Counted(found, row["rows"], row["digest"], row["keys"])


def _hidden(row: dict[str, Any] | None) -> Counted:
    rows, digest = (row["rows"], row["digest"]) if row else (0, NOBODY)
    return Counted(WITHHELD, rows, digest, None)


def _standing(figure: Figure, span: Span, areas: list[str]) -> dict[str, Counted]:
    amounts = spans.standards(figure, [span], areas)
    around = {code for area in areas for code in codes.lineage(area)}
    standing = _covering(figure, span, around)
    return {
        area: Counted(amounts[0, area], len(keys), digest_of(keys), keys[:FEW])
        for area in areas
        for keys in [[key for key, where in standing if codes.contains(where, area)]]
    }


def _covering(figure: Figure, span: Span, around: set[str]) -> list[tuple[int, str]]:
    assert figure.records_as_of is not None  # noqa: S101 - a declaration error, caught by a test
    standing = figure.records_as_of(span.last).filter(area__in=around)
    return list(standing.order_by("pk").values_list("pk", "area_id"))
