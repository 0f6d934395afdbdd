"""What a chart of periods says in words, and the one scale on which it is drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from suzhou_portal import formats
from suzhou_portal.figures.periods import PeriodKind
from suzhou_portal.figures.registry import Figure
from suzhou_portal.figures.trends import ChangeOverTime, PeriodValue
from suzhou_portal.reporting.wording import amount_text, share_text

ENOUGH = 3  # periods among which one is called the highest or the lowest


@dataclass(frozen=True)
class ChartScale:
    """From 0 to the highest that is drawn, in one unit, so that all labels of a chart can be compared."""

    highest: Decimal
    unit: str
    factor: Decimal

    @classmethod
    def of(cls, drawn: Iterable[Decimal], unit: str) -> "ChartScale":
        """The scale of these values, in the unit in which people read the highest: 元 or 万元, % or others."""
        highest = max(drawn, default=Decimal(0))
        _, read = formats.scaled(highest, unit)
        divided = 1 / formats.WAN if read != unit else Decimal(1)
        return cls(highest, read, Decimal(100) if unit == formats.PERCENT else divided)

    def height(self, value: Decimal) -> str:
        """In percent of the highest; what is below 0 is drawn as 0."""
        share = max(value, Decimal(0)) / self.highest if self.highest > 0 else Decimal(0)
        return f"{share * 100:.1f}"

    def label(self, value: Decimal) -> str:
        """The number alone, the shorter the larger the highest is."""
        top = self.highest * self.factor
        places = 2 if top < 10 else 1 if top < 1000 else 0
        return formats.exact(round(value * self.factor, places))


def finding(figure: Figure, values: Sequence[PeriodValue]) -> str:
    """What the latest period that is over shows: its value, how that moved, and whether it is the highest or
    the lowest of those shown. What is still running is not spoken of.
    """
    over = [one for one in values if one.finished]
    known = [one for one in over if one.value is not None]
    if not over:
        return "还没有结束的时期。"
    if not known:
        reasons = "、".join(dict.fromkeys(one.state.label for one in over))
        return f"已结束的{len(over)}期都没有数值：{reasons}。"
    last = known[-1]
    told = [f"{last.period.label}{amount_text(last.amount, figure)}", *_moved(figure, last)]
    if place := _place(known):
        told.append(place)
    before = ""
    if over[-1] is not last:
        before = f"{over[-1].period.label}{over[-1].state.label}；最近有数值的是"
    return f"{before}{'，'.join(told)}。"


def _moved(figure: Figure, last: PeriodValue) -> list[str]:
    yearly = last.period.kind is PeriodKind.YEAR
    changes = [] if yearly else [("比上期", last.from_previous)]
    changes += [("比上年" if yearly else "比上年同期", last.from_year_before)]
    return [f"{since}{moved_text(change, figure)}" for since, change in changes if change]


def moved_text(change: ChangeOverTime, figure: Figure) -> str:
    """A change as a sentence says it: 增加3个（1.3%）, of a percentage 提高2个百分点, 持平."""
    if not change.difference:
        return "持平"
    size, rises = abs(change.difference), change.difference > 0
    if figure.unit == formats.PERCENT:
        return f"{'提高' if rises else '下降'}{formats.number(size * 100)}个百分点"
    share = "" if change.share is None else f"（{share_text(change.share)}）"
    return f"{'增加' if rises else '减少'}{''.join(formats.quantity(size, figure.unit))}{share}"


def _place(known: Sequence[PeriodValue]) -> str:
    *others, last = [one.value for one in known if one.value is not None]
    if len(known) < ENOUGH:
        return ""
    if all(last > one for one in others):
        return f"是图中已结束的{len(known)}期里最高的"
    return f"是图中已结束的{len(known)}期里最低的" if all(last < one for one in others) else ""
