"""What the published figures come to in a period, with the records counted, for many areas at once."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from suzhou_portal.figures import kernel, proof
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kernel import Amount, Computed
from suzhou_portal.figures.periods import Period, Span
from suzhou_portal.figures.registry import Figure
from suzhou_portal.reporting import duties

_NOBODY = proof.of([])


@dataclass(frozen=True)
class Counted:
    """An amount and the records behind it; of a ratio those of its numerator.

    `keys` is None where they are too many, or would tell what is withheld.
    """

    amount: Amount
    rows: int
    digest: str
    keys: list[int] | None


def capture(
    areas: Iterable[str], period: Period, only: Collection[str] | None = None
) -> dict[tuple[str, str], Counted]:
    """Each reported figure (or `only` those of these keys) of the whole period in each area, by area
    and key.

    A statement for each figure and one more for a mean, whatever the number of areas and records.
    """
    areas = list(areas)
    chosen = [figure for figure in duties.reported() if only is None or figure.key in only]
    [found] = kernel.aggregate(chosen, areas, [Span.whole(period)], proven=True)
    return {(area, one.key): _counted(found, one, area) for one in chosen for area in areas}


def _counted(found: Computed, figure: Figure, area: str) -> Counted:
    counted = kernel.counted_by(figure)
    entry = found.entry(counted, area) or {"rows": 0, **_NOBODY}
    hidden = found.amount(counted, area).state is State.WITHHELD
    keys = None if hidden else entry["keys"]
    return Counted(found.amount(figure, area), entry["rows"], entry["digest"], keys)
