"""Months, quarters and years: the periods figures are reported for."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from suzhou_portal.formats import date

EARLIEST_YEAR = 1949
# How a column keeps one, for the database to check: the text that `Period.parse` reads.
PATTERN = r"^[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]))?$"


class PeriodKind(Enum):
    """A kind of period: its name in addresses, its name for people, how many make a year."""

    MONTH = ("month", "月", 12)
    QUARTER = ("quarter", "季", 4)
    YEAR = ("year", "年", 1)

    def __init__(self, key: str, label: str, in_a_year: int):
        self.key, self.label, self.in_a_year = key, label, in_a_year

    @property
    def months(self) -> int:
        """How many months one of them has."""
        return 12 // self.in_a_year

    @classmethod
    def named(cls, key: str) -> "PeriodKind":
        """The kind of that key. Raises ValueError with a Chinese reason."""
        for kind in cls:
            if kind.key == key:
                return kind
        raise ValueError("时期只有月（month）、季（quarter）、年（year）三种。")


_SHAPES = {
    PeriodKind.YEAR: re.compile(r"(\d{4})", re.ASCII),
    PeriodKind.QUARTER: re.compile(r"(\d{4})-Q([1-4])", re.ASCII),
    PeriodKind.MONTH: re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII),
}
_QUARTERS = "一二三四"


@dataclass(frozen=True, order=True)
class Period:
    """A calendar period: `number` is the month 1 to 12, the quarter 1 to 4, or 1 for a year."""

    year: int
    number: int
    kind: PeriodKind

    @classmethod
    def parse(cls, text: str) -> "Period":
        """The period written 2023-04, 2023-Q2 or 2023.

        Raises ValueError with a Chinese reason for what does not exist or lies before 1949.
        """
        for kind, shape in _SHAPES.items():
            if found := shape.fullmatch(text):
                period = cls(int(found[1]), int(found[2]) if found.lastindex == 2 else 1, kind)
                if period.year < EARLIEST_YEAR:
                    raise ValueError("没有这一时期：不能早于1949年。")
                return period
        raise ValueError("没有这一时期：月写成 2023-04，季写成 2023-Q2，年写成 2023。")

    @classmethod
    def of(cls, day: datetime.date, kind: PeriodKind) -> "Period":
        """The period of that kind in which the day lies."""
        return cls(day.year, (day.month - 1) // kind.months + 1, kind)

    @classmethod
    def last_over(cls, day: datetime.date, kind: PeriodKind) -> "Period":
        """The latest period of that kind that is over on the day."""
        running = cls.of(day, kind)
        return running if running.ended_by(day) else running.previous()

    def __str__(self):
        """The period as `parse` reads it: 2023-04, 2023-Q2, 2023."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year:04d}"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year:04d}-Q{self.number}"
        return f"{self.year:04d}-{self.number:02d}"

    @property
    def label(self) -> str:
        """The period as people say it: 2023年4月, 2023年第二季度, 2023年."""
        if self.kind is PeriodKind.YEAR:
            return f"{self.year}年"
        if self.kind is PeriodKind.QUARTER:
            return f"{self.year}年第{_QUARTERS[self.number - 1]}季度"
        return f"{self.year}年{self.number}月"

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, (self.number - 1) * self.kind.months + 1, 1)

    @property
    def last(self) -> datetime.date:
        """Its last day."""
        return self.moved(1).first - datetime.timedelta(days=1)

    def moved(self, count: int) -> "Period":
        """The period of the same kind so many later, or earlier where negative."""
        year, index = divmod(
            self.year * self.kind.in_a_year + self.number - 1 + count, self.kind.in_a_year
        )
        return Period(year, index + 1, self.kind)

    def previous(self) -> "Period":
        """The one before, which 环比 compares with."""
        return self.moved(-1)

    def year_before(self) -> "Period":
        """The period a year before, which 同比 compares with."""
        return self.moved(-self.kind.in_a_year)

    def back(self, count: int) -> Iterator["Period"]:
        """The last so many up to this one, earliest first."""
        return (self.moved(-steps) for steps in reversed(range(count)))

    def ended_by(self, clock: datetime.date) -> bool:
        """Whether it is over: its last day has come."""
        return self.last <= clock

    def until(self, clock: datetime.date) -> datetime.date:
        """Its last day; of one still running, the day of the clock."""
        return min(self.last, clock)

    def require_begun(self, clock: datetime.date) -> None:
        """Raises ValueError with a Chinese reason where it has not begun on that day."""
        if self.first > clock:
            raise ValueError(f"{self.label}还没有开始（统计截至{date(clock)}）。")


@dataclass(frozen=True)
class Span:
    """What figures are asked of: from a first day to a last one. A day is a span without a first: what
    counts then, however far back that reaches.
    """

    first: datetime.date | None
    last: datetime.date

    @classmethod
    def of(cls, period: Period, clock: datetime.date) -> "Span":
        """The period, as far as it has run by the day of the clock."""
        return cls(period.first, period.until(clock))

    @classmethod
    def whole(cls, period: Period) -> "Span":
        """The period to its end."""
        return cls(period.first, period.last)

    def __contains__(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and day <= self.last
