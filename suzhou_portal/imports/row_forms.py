"""Rows as their form would take them, and what is wrong with which, at which column."""

from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.imports.names import typed_by
from suzhou_portal.imports.outcomes import Problem
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.tables import Cells, UnreadCell
from suzhou_portal.texts import cleaned

REPLACED = "这一列按规则记为“{kept}”：请改成一样的，或留空。"
MOST = 1_000  # rows explained; of a file with more mistakes the rest is not looked at


class Problems:
    """What is wrong with a file's rows."""

    def __init__(self, ledger: Ledger):
        self._headings = dict(zip(ledger.fields, ledger.headings, strict=True))
        self._by_row: dict[int, list[Problem]] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._by_row

    @property
    def cut_short(self) -> bool:
        """Whether rows were left unlooked at."""
        return len(self._by_row) >= MOST

    @property
    def all(self) -> list[Problem]:
        """All that is wrong, row by row."""
        return [problem for row in sorted(self._by_row) for problem in self._by_row[row]]

    def say(self, number: int, name: str, message: str, text: str = "") -> None:
        """Note what is wrong with a row, at the field of that name or as a whole."""
        if number in self._by_row or not self.cut_short:
            # A page cannot hold what a record could not.
            told = (cleaned(text), cleaned(message))
            problem = Problem(number, self._headings.get(name, ""), *told)
            self._by_row.setdefault(number, []).append(problem)


class RowForms:
    """The forms in which a ledger's rows would be entered by the person. Columns that are `absent` from the
    file are not touched.
    """

    def __init__(self, ledger: Ledger, user: Any, problems: Problems, absent: frozenset[str]):
        self._ledger, self._problems, self._absent = ledger, problems, absent
        self._typed = {field.name: typed_by(ledger, field, user) for field in ledger.columns}
        self._form_of = lru_cache(256)(self._made)

    def valid(self, number: int, cells: Cells, record: Any, names: tuple[str, ...] = ()) -> Any:
        """The row's form of a record, of these fields or all; None, and it is said why, where the form
        would not be saved.
        """
        texts = self._texts(cells, names)
        sent = self._sent(number, texts)
        if record.pk:
            sent["version"] = record.updated_at.isoformat()
        form = self._form_of(tuple(texts))(sent, instance=record)
        for name, messages in form.errors.items():
            if name in sent or (name == NON_FIELD_ERRORS and texts.keys() <= sent.keys()):
                self._problems.say(number, name, "".join(messages), texts.get(name, ""))
            elif name not in texts:
                self._problems.say(number, "", "".join(messages))
        if number not in self._problems:
            self._say_what_is_not_kept(number, form, texts)
        return None if number in self._problems else form

    def _say_what_is_not_kept(self, number: int, form: Any, texts: dict[str, str]) -> None:
        """A rule may fill a column by itself: what the file says there otherwise is not passed over."""
        for name, told in form.cleaned_data.items():
            if name not in texts or isinstance(told, models.QuerySet) or told in (None, ""):
                continue
            kept = getattr(form.instance, name)
            if kept != told:
                self._problems.say(number, name, REPLACED.format(kept=kept), texts[name])

    def _texts(self, cells: Cells, names: tuple[str, ...]) -> dict[str, str]:
        there = names or self._ledger.fields
        found = zip(self._ledger.fields, self._ledger.headings, cells, strict=True)
        return {
            name: cell if isinstance(cell, UnreadCell) else cell.strip()
            for name, heading, cell in found
            if name in there and heading not in self._absent
        }

    def _sent(self, number: int, texts: dict[str, str]) -> dict[str, Any]:
        """What the form is sent for the cells; those that mean nothing are said."""
        sent: dict[str, Any] = {}
        for name, text in texts.items():
            try:
                if isinstance(text, UnreadCell):
                    raise ValidationError(text.why)
                meant = self._typed[name](text)
            except ValidationError as error:
                self._problems.say(number, name, error.messages[0], text)
            else:
                sent[name] = _as_sent(meant)
        return sent

    def _made(self, names: tuple[str, ...]) -> Any:
        return forms.modelform_factory(self._ledger.model, form=RecordForm, fields=names)


def _as_sent(meant: Any) -> Any:
    """What a page sends for it: records by their keys."""
    if isinstance(meant, list):
        return [_as_sent(one) for one in meant]
    return meant.pk if isinstance(meant, models.Model) else meant
