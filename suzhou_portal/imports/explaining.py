"""What is wrong with rows that are copied, many at once: each said by the form in which it would be entered,
or by a rule of the table.
"""

from collections.abc import Iterator
from typing import Any

from suzhou_portal.imports.copying import LedgerTable, UniqueColumns
from suzhou_portal.imports.lines import Lines, RefusedError
from suzhou_portal.imports.progress import counted
from suzhou_portal.imports.reading import Chunk, LedgerFile
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.row_forms import Problems, RowForms
from suzhou_portal.imports.tables import Cells


class Explainer:
    """Looks at a file's rows, but those with a key, and says what is wrong with them."""

    def __init__(
        self, ledger: Ledger, file: LedgerFile, lines: Lines, user: Any, problems: Problems
    ):
        self._ledger, self._file, self._lines, self._problems = ledger, file, lines, problems
        self._headings = dict(zip(ledger.fields, ledger.headings, strict=True))
        self._forms = RowForms(ledger, user, problems, frozenset(file.absent))
        self.respelt = 0

    def right_rows(self) -> Iterator[tuple[int, str]]:
        """Number and line of each row that is right by itself; the others are explained.

        One that says in another spelling what an earlier one says is counted as `respelt`, and left out.
        """
        first: dict[str, Cells] = {}
        for chunk in counted("look", self._file.chunks()):
            if self._problems.cut_short:
                return
            for number, cells, line in self._right(_without_key(chunk)):
                if first.setdefault(line, cells) == cells:
                    yield number, line
                else:
                    self.respelt += 1

    def _right(self, chunk: Chunk) -> Iterator[tuple[int, Cells, str]]:
        if not chunk.rows:
            return
        try:
            yield from zip(chunk.numbers, chunk.rows, self._lines.of(chunk.rows), strict=True)
        except RefusedError:
            if len(chunk.rows) == 1:
                record = self._explained(chunk.numbers[0], chunk.rows[0])
                if record is not None:
                    yield chunk.numbers[0], chunk.rows[0], self._lines.of_record(record)
                return
            for row in zip(*chunk, strict=True):
                if self._problems.cut_short:
                    return
                number, cells, key = row
                yield from self._right(Chunk([number], [cells], [key]))

    def ask(self, table: LedgerTable, taken: set[int]) -> None:
        """Explain what the table's rules say of the rows that are right by themselves, of which it has
        those `taken` already.
        """
        key, others = self._ledger.key, table.others()
        same = f"{'、'.join(self._headings[name] for name in key)}都相同"
        for number, earlier in table.repeated(table.key).items():
            self._problems.say(number, key[-1], f"与第{earlier}行重复：{same}，请删去一行。")
        for unique in others:
            for number, earlier in table.repeated(unique).items():
                self._problems.say(number, self._last_of(unique), f"与第{earlier}行重复，请核对。")
        refused = table.against_checks()
        for unique in others:
            refused |= dict.fromkeys(table.taken(unique), "")
        self._explain_all({n: rule for n, rule in refused.items() if n not in taken})

    def _explain_all(self, refused: dict[int, str]) -> None:
        wanted = {number: rule for number, rule in refused.items() if number not in self._problems}
        for chunk in self._file.chunks() if wanted else ():
            for number, cells, _ in zip(*chunk, strict=True):
                if self._problems.cut_short:
                    return
                if number in wanted and self._explained(number, cells) is not None:
                    self._problems.say(number, "", self._rule(wanted[number]))

    def _explained(self, number: int, cells: Cells) -> Any:
        """The record that the row would be; None, and it is said why, where it cannot be one."""
        form = self._forms.valid(number, cells, self._ledger.model())
        return form and form.instance

    def _last_of(self, unique: UniqueColumns) -> str:
        names = [field.name for field in self._ledger.columns if field.column in unique.columns]
        return names[-1] if names else ""

    def _rule(self, name: str) -> str:
        for rule in self._ledger.model._meta.constraints:
            if rule.name == name:
                return str(rule.violation_error_message)
        return "与登记规则不符，请核对。"


def _without_key(chunk: Chunk) -> Chunk:
    """The rows of a chunk that name no record."""
    if not any(chunk.keys):
        return chunk
    rows = [row for row in zip(*chunk, strict=True) if not row[2]]
    return Chunk([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
