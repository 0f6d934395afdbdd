"""What a committee is made of, so that a term can be compared with the one before (优化)."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import mean
from typing import Any

from communities.enums.committees import COLLEGE, Politics, Sex

UNKNOWN = "未登记"


@dataclass(frozen=True)
class Share:
    """How many of the members of whom something is on record have it. Unknown is no no."""

    having: int
    known: int
    people: int

    def __str__(self) -> str:
        if not self.known:
            return UNKNOWN
        said = f"{self.having}人，占{100 * self.having / self.known:.0f}%"
        return said + _left(self.people - self.known)


@dataclass(frozen=True)
class Age:
    """The mean of the ages, in years, at which members took office; `fewest` is of how many it may be told."""

    ages: tuple[int, ...]
    people: int
    fewest: int

    def __str__(self) -> str:
        if not self.ages:
            return UNKNOWN
        if len(self.ages) < self.fewest:
            return f"登记不足{self.fewest}人，不公布"
        return f"{mean(self.ages):.1f}岁" + _left(self.people - len(self.ages))


def _left(unknown: int) -> str:
    return f"（{unknown}人{UNKNOWN}）" if unknown else ""


def makeup(members: Iterable[Any], fewest: int = 1) -> dict[str, object]:
    """What the members are like, by heading."""
    found = list(members)
    people = len(found)
    ages = tuple(age for one in found if (age := one.age) is not None)

    def share(column: str, *values: str) -> Share:
        known = [kept for one in found if (kept := getattr(one, column))]
        return Share(sum(kept in values for kept in known), len(known), people)

    return {
        "成员": f"{people}人",
        "任职时平均年龄": Age(ages, people, fewest),
        "大专及以上学历": share("education", *COLLEGE),
        "中共党员": share("politics", Politics.PARTY),
        "女性": share("sex", Sex.FEMALE),
    }


def compared(now: dict[str, object], before: dict[str, object]) -> list[tuple[str, str, str]]:
    """Heading, this term, and the one before."""
    return [(label, str(value), str(before[label])) for label, value in now.items()]
