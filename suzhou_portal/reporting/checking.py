"""Whether today's records still give what was published."""

from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal.figures.enums import State
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.formats import exact
from suzhou_portal.reporting.capture import Counted, capture
from suzhou_portal.reporting.disclosure import disclosed, rounded
from suzhou_portal.reporting.models import Correction, Return, Snapshot
from suzhou_portal.reporting.wording import amount_text, difference_text, parts_text


@dataclass(frozen=True)
class CheckedLine:
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
        return self.snapshot.corrected if self.snapshot else []


def lines_of(report: Return, snapshots: list[Snapshot]) -> list[CheckedLine]:
    """The return's figures: those it kept, as far as they may be shown, else those there are."""
    snapshots = disclosed(snapshots)
    kept = [snapshot.figure for snapshot in snapshots] or None
    now = {key: one for (_, key), one in capture([report.area_id], report.span, kept).items()}
    if not snapshots:
        first = report.span.first
        return [_line(figures.get(key).since(first), counted) for key, counted in now.items()]
    return [_compared(snapshot, now.get(snapshot.figure)) for snapshot in snapshots]


def _line(figure: Figure, counted: Counted) -> CheckedLine:
    text, parts = amount_text(counted.amount, figure), parts_text(counted.amount, " ÷ ", exact)
    return CheckedLine(figure, figure.label, text, parts, counted.rows)


def _compared(snapshot: Snapshot, counted: Counted | None) -> CheckedLine:
    if counted is None:
        figure, now, verdict, agrees = None, "", "这一指标已不列入上报", False
    else:
        figure = figures.get(snapshot.figure)
        now = amount_text(counted.amount, figure)
        verdict, agrees = verdict_on(snapshot, counted)
    parts = parts_text(snapshot.amount, " ÷ ", exact)
    return CheckedLine(figure, snapshot.label, now, parts, snapshot.rows, snapshot, verdict, agrees)


def verdict_on(snapshot: Snapshot, counted: Counted) -> tuple[str, bool]:
    """How the records of today stand to what is published: the latest corrected value, where there is
    one, else what the snapshot kept; and whether they give the same.
    """
    if snapshot.is_concealed:
        return "当时的记录与现在的不同，为保护个人不再公布当时的值", False
    corrected = [one.value for one in snapshot.corrected if one.value is not None]
    if corrected:
        verdict, agrees = _beside(corrected[-1], State.KNOWN, snapshot, counted)
        return f"与更正后的值{verdict}", agrees
    verdict, agrees = _beside(snapshot.value, snapshot.value_state, snapshot, counted)
    if agrees and counted.digest != snapshot.digest:
        return f"数值相同，记录有变动{moved_keys(snapshot, counted)}", True
    return verdict, agrees


def _beside(
    published: Decimal | None, state: str, snapshot: Snapshot, counted: Counted
) -> tuple[str, bool]:
    value = rounded(counted.amount.value)
    if value == published and counted.amount.state == state:
        return "一致", True
    if value is None or published is None:
        return "不同", False
    return f"不同，{difference_text(value - published, snapshot.definition.unit)}", False


def moved_keys(snapshot: Snapshot, counted: Counted) -> str:
    """How many records left and came, where their keys were kept; else blank."""
    if snapshot.keys is None or counted.keys is None:
        return ""
    then, now = set(snapshot.keys), set(counted.keys)
    return f"（少{len(then - now)}条、多{len(now - then)}条）"
