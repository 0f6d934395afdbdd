"""What is wrong with which row, at which column, said by the form in which it would be entered."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.imports.copying import LedgerTable, UniqueColumns
from suzhou_portal.imports.lines import Lines, RefusedError
from suzhou_portal.imports.models import Problem
from suzhou_portal.imports.names import typed_by
from suzhou_portal.imports.reading import Chunk, LedgerFile
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.tables import Cells, UnreadCell
from suzhou_portal.texts import cleaned

MOST = 1_000  # rows explained; of a file with more mistakes the rest is not looked at


class Explainer:
    """Looks at a file's rows, and keeps what is wrong with them."""

    def __init__(self, ledger: Ledger, file: LedgerFile, lines: Lines, user: Any):
        self._ledger, self._file, self._lines = ledger, file, lines
        self._typed = {field.name: typed_by(ledger, field, user) for field in ledger.columns}
        self._headings = dict(zip(ledger.fields, ledger.headings, strict=True))
        self._form = forms.modelform_factory(ledger.model, form=RecordForm, fields=ledger.fields)
        self._problems: dict[int, list[Problem]] = {}
        self.respelt = 0

    @property
    def cut_short(self) -> bool:
        """Whether rows were left unlooked at."""
        return len(self._problems) >= MOST

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong, row by row."""
        return [problem for row in sorted(self._problems) for problem in self._problems[row]]

    def right_rows(self) -> Iterator[tuple[int, str]]:
        """Number and line of each row that is right by itself; the others are explained.

        One that says in another spelling what an earlier one says is counted as `respelt`, and left out.
        """
        first: dict[str, Cells] = {}
        for chunk in self._file.chunks():
            if self.cut_short:
                return
            for number, cells, line in self._right(chunk):
                if first.setdefault(line, cells) == cells:
                    yield number, line
                else:
                    self.respelt += 1

    def _right(self, chunk: Chunk) -> Iterator[tuple[int, Cells, str]]:
        try:
            yield from zip(chunk.numbers, chunk.rows, self._lines.of(chunk.rows), strict=True)
        except RefusedError:
            if len(chunk.rows) == 1:
                record = self._explained(chunk.numbers[0], chunk.rows[0])
                if record is not None:
                    yield chunk.numbers[0], chunk.rows[0], self._lines.of_record(record)
                return
            for number, cells in zip(*chunk, strict=True):
                if self.cut_short:
                    return
                yield from self._right(Chunk([number], [cells]))

    def ask(self, table: LedgerTable, taken: set[int]) -> None:
        """Explain what the table's rules say of the rows that are right by themselves, of which it has
        those `taken` already.
        """
        key, others = self._ledger.key, table.others()
        same = f"{'、'.join(self._headings[name] for name in key)}都相同"
        for number, earlier in table.repeated(table.key).items():
            self._say(number, key[-1], f"与第{earlier}行重复：{same}，请删去一行。")
        for number in taken:
            advice = "请删去这一行，或选“跳过已有的记录”。"
            self._say(number, key[-1], f"已有这条记录：{same}。{advice}")
        for unique in others:
            for number, earlier in table.repeated(unique).items():
                self._say(number, self._last_of(unique), f"与第{earlier}行重复，请核对。")
        refused = table.against_checks()
        for unique in others:
            refused |= dict.fromkeys(table.taken(unique), "")
        self._explain_all(refused)

    def _explain_all(self, refused: dict[int, str]) -> None:
        wanted = {number: rule for number, rule in refused.items() if number not in self._problems}
        for chunk in self._file.chunks() if wanted else ():
            for number, cells in zip(*chunk, strict=True):
                if self.cut_short:
                    return
                if number in wanted and self._explained(number, cells) is not None:
                    self._say(number, "", self._rule(wanted[number]))

    def _explained(self, number: int, cells: Cells) -> models.Model | None:
        """The record that the row would be; None, and it is said why, where it cannot be one."""
        texts = {name: cell.strip() for name, cell in zip(self._ledger.fields, cells, strict=True)}
        sent: dict[str, Any] = {}
        for cell, (name, text) in zip(cells, texts.items(), strict=True):
            try:
                if isinstance(cell, UnreadCell):
                    raise ValidationError(cell.why)
                meant = self._typed[name](text)
            except ValidationError as error:
                self._say(number, name, error.messages[0], text)
            else:
                sent[name] = meant.pk if isinstance(meant, models.Model) else meant
        form: Any = self._form(sent)
        for name, messages in form.errors.items():
            if name in sent or (name == NON_FIELD_ERRORS and len(sent) == len(texts)):
                self._say(number, name, "".join(messages), texts.get(name, ""))
        return None if number in self._problems else form.instance

    def _say(self, number: int, name: str, message: str, text: str = "") -> None:
        if number in self._problems or not self.cut_short:
            # A page cannot hold what a record could not.
            told = (cleaned(text), cleaned(message))
            problem = Problem(number, self._headings.get(name, ""), *told)
            self._problems.setdefault(number, []).append(problem)

    def _last_of(self, unique: UniqueColumns) -> str:
        names = [field.name for field in self._ledger.columns if field.column in unique.columns]
        return names[-1] if names else ""

    def _rule(self, name: str) -> str:
        for rule in self._ledger.model._meta.constraints:
            if rule.name == name:
                return str(rule.violation_error_message)
        return "与登记规则不符，请核对。"
