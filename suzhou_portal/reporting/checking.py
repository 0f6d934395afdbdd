"""Whether today's records still give what was published."""

from dataclasses import dataclass

from suzhou_portal import formats
from suzhou_portal.figures.amounts import Amount
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.reporting.capture import Counted, capture
from suzhou_portal.reporting.models import Correction, Return, Snapshot
from suzhou_portal.reporting.wording import amount_text, difference_text
from suzhou_portal.reporting.workflow import rounded


@dataclass(frozen=True)
class Line:
    """A figure of a return: what the records say now, and beside it what was published of it.

    `verdict` says how the two stand to each other, `agrees` whether they do.
    """

    figure: Figure | None
    label: str
    now: str
    parts: str
    rows: int
    snapshot: Snapshot | None = None
    verdict: str = ""
    agrees: bool = True

    @property
    def corrections(self) -> list[Correction]:
        """The corrections published of it."""
        return getattr(self.snapshot, "published", [])


def lines_of(report: Return, snapshots: list[Snapshot]) -> list[Line]:
    """The return's figures: those it kept, else those there are."""
    kept = [snapshot.figure for snapshot in snapshots] or None
    now = {key: one for (_, key), one in capture([report.area_id], report.span, kept).items()}
    if not snapshots:
        first = report.span.first
        return [_line(figures.get(key).since(first), counted) for key, counted in now.items()]
    return [_compared(snapshot, now.get(snapshot.figure)) for snapshot in snapshots]


def _line(figure: Figure, counted: Counted) -> Line:
    parts = _parts(counted.amount)
    return Line(figure, figure.label, amount_text(counted.amount, figure), parts, counted.rows)


def _parts(amount: Amount) -> str:
    if amount.numerator is None or amount.denominator is None:
        return ""
    return f"{formats.exact(amount.numerator)} ÷ {formats.exact(amount.denominator)}"


def _compared(snapshot: Snapshot, counted: Counted | None) -> Line:
    state = State(snapshot.value_state)
    kept = Amount(snapshot.value, state, snapshot.numerator, snapshot.denominator)
    if counted is None:
        return Line(
            None,
            snapshot.label,
            "",
            _parts(kept),
            snapshot.rows,
            snapshot,
            "这一指标已不列入上报",
            False,
        )
    figure = figures.get(snapshot.figure)
    verdict, agrees = verdict_on(snapshot, counted)
    return Line(
        figure, snapshot.label, amount_text(counted.amount, figure), _parts(kept), snapshot.rows,
        snapshot, verdict, agrees,
    )  # fmt: skip


def verdict_on(snapshot: Snapshot, counted: Counted) -> tuple[str, bool]:
    """How the records of today stand to the snapshot, and whether they give the same value."""
    value = rounded(counted.amount.value)
    if value != snapshot.value or counted.amount.state != snapshot.value_state:
        if value is None or snapshot.value is None:
            return "不同", False
        difference = difference_text(value - snapshot.value, snapshot.definition.unit)
        return f"不同，{difference}", False
    if counted.digest != snapshot.digest:
        return f"数值相同，记录有变动{moved_keys(snapshot, counted)}", True
    return "一致", True


def moved_keys(snapshot: Snapshot, counted: Counted) -> str:
    """How many records left and came, where their keys were kept; else blank."""
    if snapshot.keys is None or counted.keys is None:
        return ""
    left, came = (set(snapshot.keys) - set(counted.keys), set(counted.keys) - set(snapshot.keys))
    return f"（少{len(left)}条、多{len(came)}条）"
