"""What is wrong with which row, at which column, said by the form in which it would be entered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.imports.columns import RefusedError
from suzhou_portal.imports.lines import Lines
from suzhou_portal.imports.names import typed_by
from suzhou_portal.imports.reading import Chunk, Table
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.staging import Once, Stage
from suzhou_portal.imports.workbooks import ALL_READ, Row
from suzhou_portal.texts import cleaned

MOST = 1_000  # rows explained; of a file with more mistakes the rest is not looked at


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


class Explainer:
    """Looks at a file's rows, and keeps what is wrong with them."""

    def __init__(self, ledger: Ledger, table: Table, lines: Lines, user: Any):
        self._ledger, self._table, self._lines = ledger, table, lines
        fields = ledger.columns
        self._typed = {field.name: typed_by(ledger, field, user) for field in fields}
        self._headings = dict(zip(ledger.fields, ledger.headings, strict=True))
        self._form = forms.modelform_factory(ledger.model, form=RecordForm, fields=ledger.fields)
        self.problems: dict[int, list[Problem]] = {}
        self.known = 0  # rows of which the table has one already

    @property
    def cut_short(self) -> bool:
        """Whether rows were left unlooked at."""
        return len(self.problems) >= MOST

    def sorted(self) -> list[Problem]:
        """All that is wrong, row by row."""
        return [problem for row in sorted(self.problems) for problem in self.problems[row]]

    def right_rows(self) -> Iterator[tuple[int, str]]:
        """Number and line of each row that is right by itself; the others are explained."""
        for chunk in self._table.chunks():
            if self.cut_short:
                return
            try:
                yield from zip(chunk.numbers, self._lines.of_chunk(chunk), strict=True)
            except RefusedError:
                yield from self._each(chunk)

    def _each(self, chunk: Chunk) -> Iterator[tuple[int, str]]:
        for number, row in zip(chunk.numbers, chunk.rows, strict=True):
            if self.cut_short:
                return
            unread = chunk.wrong.get(number, {})
            try:
                [line] = self._lines.of_chunk(Chunk([number], [row], {number: unread}))
            except RefusedError:
                record = self._explained(number, row, unread)
                if record is None:
                    continue
                line = self._lines.of_record(record)
            yield number, line

    def ask(self, stage: Stage) -> None:
        """Explain what the table's rules say of the rows that are right by themselves."""
        for number, earlier in stage.repeated().items():
            self._say(
                number, self._ledger.key[-1], f"与第{earlier}行重复：{self._same()}，请删去一行。"
            )
        taken = stage.taken()
        self.known = len(taken)
        for number in taken:
            self._say(
                number,
                self._ledger.key[-1],
                f"已有这条记录：{self._same()}。请删去这一行，或选“跳过已有的记录”。",
            )
        for once in stage.others():
            for number, earlier in stage.repeated(once).items():
                self._say(number, self._about(once), f"与第{earlier}行重复，请核对。")
        refused = stage.against_checks()
        for once in stage.others():
            refused |= dict.fromkeys(stage.taken(once), "")
        self._explain_all(refused)

    def _explain_all(self, refused: dict[int, str]) -> None:
        wanted = {number: rule for number, rule in refused.items() if number not in self.problems}
        for chunk in self._table.chunks() if wanted else ():
            for number, row in zip(chunk.numbers, chunk.rows, strict=True):
                if self.cut_short:
                    return
                if number in wanted and self._explained(number, row) is not None:
                    self._say(number, "", self._rule(wanted[number]))

    def _explained(
        self, number: int, row: Row, unread: Mapping[int, str] = ALL_READ
    ) -> models.Model | None:
        """The record that the row would be; None, and it is said why, where it cannot be one."""
        texts = {name: cell.strip() for name, cell in zip(self._ledger.fields, row, strict=True)}
        sent: dict[str, Any] = {}
        for place, (name, text) in enumerate(texts.items()):
            try:
                if place in unread:
                    raise ValidationError(unread[place])
                meant = self._typed[name](text)
            except ValidationError as error:
                self._say(number, name, error.messages[0], text)
            else:
                sent[name] = meant.pk if isinstance(meant, models.Model) else meant
        form: Any = self._form(sent)
        for name, messages in form.errors.items():
            if name in sent or (name == NON_FIELD_ERRORS and len(sent) == len(texts)):
                self._say(number, name, "".join(messages), texts.get(name, ""))
        return None if number in self.problems else form.instance

    def _say(self, number: int, name: str, message: str, text: str = "") -> None:
        if number in self.problems or not self.cut_short:
            # A page cannot hold what a record could not.
            told = (cleaned(text), cleaned(message))
            problem = Problem(number, self._headings.get(name, ""), *told)
            self.problems.setdefault(number, []).append(problem)

    def _same(self) -> str:
        return f"{'、'.join(self._headings[name] for name in self._ledger.key)}都相同"

    def _about(self, once: Once) -> str:
        names = [field.name for field in self._ledger.columns if field.column in once.columns]
        return names[-1] if names else ""

    def _rule(self, name: str) -> str:
        for rule in self._ledger.model._meta.constraints:
            if rule.name == name:
                return str(rule.violation_error_message)
        return "与登记规则不符，请核对。"


def rows_of(problems: Iterable[Problem]) -> Iterator[list[Any]]:
    """The problems as rows of a file."""
    for problem in problems:
        yield [problem.row or "", problem.heading, problem.text, problem.message]
