"""What every kind of file with rows is to whoever reads it: tables of texts, their rows numbered as people
see them.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError

WHAT = "请上传 CSV 文件，或不带宏的 Excel 工作簿（xlsx、xls）。"
WIDEST = 200  # columns looked at
SHOWN = 5  # places named in a message

Cells = list[str]
# Its number in the file, and its cells up to the last that is not blank.
NumberedRow = tuple[int, Cells]
# First and last row of merged cells, to whether these are no records: a title, or what is left out.
Loose = Callable[[int, int], bool]


class UnreadCell(str):
    """A cell that cannot be told for certain: the text it has, and `why`, a sentence for its owner.

    The text stands behind a mark that no column of ours takes, so whatever reads it refuses it.
    """

    MARK = "\ufffe"
    why: str

    def __new__(cls, text: str, why: str):
        cell = super().__new__(cls, cls.MARK + text)
        cell.why = why
        return cell


class RowTable(NamedTuple):
    """A sheet, or a file of text: its name, all its rows, and the first of them, quickly.

    `rows` raises ValidationError for what people would not expect to be read: hidden, or merged where
    that is not `Loose`.
    """

    name: str
    rows: Callable[[Loose], Iterator[NumberedRow]]
    glance: Callable[[], Iterator[NumberedRow]]


class MergedCells:
    """Cells that are merged, by their rows; what those say of each row that is a record nobody can tell."""

    MOST = 20_000

    def __init__(self) -> None:
        self._found: list[tuple[str, int, int]] = []

    def add(self, name: str, first: int, last: int) -> None:
        """Note cells that are one."""
        if len(self._found) >= self.MOST:
            raise ValidationError("合并的单元格太多：请取消合并，在每一行都填上内容。")
        self._found.append((name, first, last))

    def require_loose(self, loose: Loose) -> None:
        """Raise ValidationError where they are in rows that are records."""
        tight = [name for name, first, last in self._found if not loose(first, last)]
        if tight:
            named = "、".join(tight[:SHOWN]) + ("等" if len(tight) > SHOWN else "")
            raise ValidationError(f"有合并的单元格（{named}）：请取消合并，在每一行都填上内容。")
