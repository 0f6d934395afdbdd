"""Rows that are entered one by one, each as by its form: new ones of most kinds, and those whose records
are there already. Rules, permissions and the trail are those of the form.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from suzhou_portal.accounts.roles import permission
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.imports import batches
from suzhou_portal.imports.lines import column_of
from suzhou_portal.imports.outcomes import OVERTAKEN, ChangedCell
from suzhou_portal.imports.reading import Chunk
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.row_forms import Problems, RowForms
from suzhou_portal.imports.tables import Cells, UnreadCell
from suzhou_portal.imports.written import Written, held

DIFFERS = "已有这条记录，内容不同：现为“{before}”。要照文件修改，请选“修改已有的记录”。"
UNKNOWN = "没有系统编号为“{key}”的记录，或不在您的管辖范围内：新增的记录请把系统编号留空。"
SEVERAL = "有几条已有的记录与这一行相符，不能断定是哪一条：请用导出的文件（有系统编号）修改。"
SHOWN = 500  # changed cells that are told one by one


class Entering:
    """Enters rows for the person. `update` says whether records that differ are changed; `only_told`,
    that what differs is not a problem but is told.
    """

    def __init__(
        self, ledger: Ledger, user: Any, problems: Problems, absent: frozenset[str], *,
        update: bool, skip: bool, only_told: bool,
    ):  # fmt: skip
        self._ledger, self._user, self._problems = ledger, user, problems
        self._forms = RowForms(ledger, user, problems, absent)
        self._update, self._skip, self._only_told = update, skip, only_told
        self._written = Written(ledger)
        self._columns = [
            (place, field, column_of(ledger, field, user))
            for place, (field, heading) in enumerate(
                zip(ledger.columns, ledger.headings, strict=True)
            )
            if heading not in absent
        ]
        self._key = [column for column in self._columns if column[1].name in ledger.key]
        hidden = self._written.masked & {*ledger.key}
        self._may_match = not hidden or user.has_perm(permission("reveal", ledger.model))
        seen = ledger.model._default_manager.filter(user.scope(ledger.model))
        self._seen = self._written.with_related(seen)
        self._is_demo = Demonstration.objects.exists()
        self.added: list[int] = []
        self.changed: list[tuple[int, dict[str, Any]]] = []
        self.changes: list[ChangedCell] = []
        self.unchanged = self.skipped = self.differing = 0

    def enter(self, chunk: Chunk) -> None:
        """Enter rows; what is wrong with one is said."""
        keys = {int(key) for key in chunk.keys if _is_key(key)}
        known = self._seen.in_bulk(keys) if keys else {}
        for number, cells, key in zip(*chunk, strict=True):
            if self._problems.cut_short:
                return
            if key:
                record = known.get(int(key)) if _is_key(key) else None
                if record is None:
                    self._problems.say(number, "", UNKNOWN.format(key=key[:20]))
                    continue
            else:
                record = self._same(number, cells)
            if number in self._problems:
                continue
            self._new(number, cells) if record is None else self._there(number, cells, record)

    def _same(self, number: int, cells: Cells) -> Any:
        """The record that the row's key is of; None where there is none yet, or where the person may not
        learn by it what is hidden: then the form's rules compare, and count how often.
        """
        if not self._may_match:
            return None
        try:
            key = {
                field.attname: self._value(column, cells[place])
                for place, field, column in self._key
            }
        except ValidationError:
            return None  # which the form says
        values = {
            name: value.pk if isinstance(value, models.Model) else value
            for name, value in key.items()
        }
        asked = {name: value for name, value in values.items() if value is not None}
        blank = {f"{name}__isnull": True for name, value in values.items() if value is None}
        found = list(self._seen.filter(**asked, **blank)[:2])
        if len(found) > 1:
            self._problems.say(number, "", SEVERAL)
        return found[0] if found else None

    def _new(self, number: int, cells: Cells) -> None:
        form = self._forms.valid(number, cells, self._ledger.model(is_demo=self._is_demo))
        if form and (record := self._saved(number, form)):
            self.added.append(record.pk)

    def _there(self, number: int, cells: Cells, record: Any) -> None:
        if self._skip:
            self.skipped += 1
            return
        differing = [
            field
            for place, field, column in self._columns
            if self._differs(record, field, column, cells[place])
        ]
        if not differing:
            self.unchanged += 1
            return
        self.differing += 1
        before = {field.name: self._written.text(record, field) for field in differing}
        self._tell(number, cells, record, differing, before)
        if not self._update and not self._only_told:
            for field in differing:
                text = cells[self._ledger.fields.index(field.name)]
                said = DIFFERS.format(before=before[field.name])
                self._problems.say(number, field.name, said, text)
            return
        kept = {field.name: batches.as_noted(record, field) for field in differing}
        form = self._forms.valid(number, cells, record, tuple(kept))
        if form and self._saved(number, form):
            self.changed.append((record.pk, kept))

    def _tell(
        self,
        number: int,
        cells: Cells,
        record: Any,
        differing: Sequence[Any],
        before: dict[str, str],
    ) -> None:
        named = str(record)
        for field in differing if len(self.changes) < SHOWN else ():
            text = cells[self._ledger.fields.index(field.name)].strip()
            said = (str(field.verbose_name), before[field.name], text)
            self.changes.append(ChangedCell(number, named, *said))

    def _differs(self, record: Any, field: Any, column: Any, cell: str) -> bool:
        """Whether the file says something else than the record does, or nothing that can be told."""
        if cell.strip() == str(self._written.cell(record, field)):
            return False
        if field.name in self._written.masked and not self._may_compare(record):
            return True  # so that nobody learns by guessing what is there
        try:
            value = self._value(column, cell)
        except ValidationError:
            return True  # the form says why
        now = held(record, field)
        if field.many_to_many:
            return {*value} != {*now}
        return not (value == now or (value in (None, "") and now in (None, "")))

    def _may_compare(self, record: Any) -> bool:
        return self._user.has_perm(permission("reveal", self._ledger.model), record)

    @staticmethod
    def _value(column: Any, cell: str) -> Any:
        """What a cell says. Raises ValidationError."""
        if isinstance(cell, UnreadCell):
            raise ValidationError("")
        values, _ = column.read([cell])
        return values[0]

    def _saved(self, number: int, form: Any) -> Any:
        try:
            with transaction.atomic():
                return form.save()
        except IntegrityError:
            self._problems.say(number, "", OVERTAKEN)
            return None


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 18
