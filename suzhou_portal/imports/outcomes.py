"""What came of a file: what is in, what differs from what is there, what is wrong, what was left out."""

from dataclasses import astuple, dataclass, field
from typing import Any, NamedTuple

from suzhou_portal import formats

OVERTAKEN = "别人刚刚登记的记录与此冲突，没有导入。请再试一次。"


@dataclass(frozen=True, order=True)
class Problem:
    """Row of the file (0 for the file as a whole), heading (blank for the row as a whole), what
    stands there, and what is wrong with it.
    """

    row: int
    heading: str
    text: str
    message: str

    def __str__(self):
        row = f"第{self.row}行" if self.row else "整个文件"
        where = f"“{self.heading}”" if self.heading else ""
        text = f"（{self.text[:40]}）" if self.text else ""
        return f"{row}{where}{text}：{self.message}"


class ChangedCell(NamedTuple):
    """A cell in which a row differs from its record: what the record says, masked as there, and the file."""

    row: int
    record: str
    heading: str
    before: str
    after: str


class LeftOut(NamedTuple):
    """What of a file is no part of its records: where it stands, what it is, and why it is not taken."""

    where: str
    text: str
    why: str


@dataclass
class Outcome:
    """What came of a file, in rows: `imported` anew, `changed`, `unchanged`, or `skipped` as there already;
    or the problems, and whether there are rows that nobody has looked at any more.

    `known` rows are those of which the sender was told that they are here; `respelt` those that say in
    another spelling what an earlier row of the file says, and are one record with it. `doubled` names rows
    that are in and may be one with another record, `doubles` is how many they are. `changes` are the cells
    that differ, `left_out` what is no record, with `untold` more rows of it; `absent` the columns that the
    file has not. `batch` is the key under which it is kept, where anything is in.
    """

    imported: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    cut_short: bool = False
    known: int = 0
    respelt: int = 0
    doubles: int = 0
    doubled: list[str] = field(default_factory=list)
    changed: int = 0
    unchanged: int = 0
    changes: list[ChangedCell] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    untold: int = 0
    absent: list[str] = field(default_factory=list)
    batch: int | None = None

    @property
    def may_be_marked(self) -> bool:
        """Whether anything is wrong at a place in the file."""
        return any(problem.row for problem in self.problems)

    @property
    def asked(self) -> str:
        """What is said of rows that may be there twice now; blank without any."""
        more = "等" if self.doubles > len(self.doubled) else ""
        named = f"{'、'.join(self.doubled)}{more}{self.doubles}条"
        return f"，其中{named}可能与另一条是同一个，请在“可能重复”里核对" if self.doubles else ""

    @property
    def merged(self) -> str:
        """What is said of rows that were respelt; blank without any."""
        return f"，另有{self.respelt}行是同一记录的不同写法，已合为一条" if self.respelt else ""

    @property
    def beside(self) -> str:
        """What is said of rows whose records are there already; blank without any."""
        counted = (
            ("修改", self.changed),
            ("没有变化", self.unchanged),
            ("跳过已有的", self.skipped),
        )
        return "".join(f"，{what}{formats.number(count)}条" for what, count in counted if count)

    def as_json(self) -> dict[str, Any]:
        """What is kept of it."""
        return vars(self) | {"problems": [*map(astuple, self.problems)]}

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Outcome":
        """What `as_json` gave."""
        read = {"problems": Problem, "changes": ChangedCell, "left_out": LeftOut}
        rows = {name: [kind(*one) for one in kept.get(name, ())] for name, kind in read.items()}
        return cls(**{**kept, **rows})
