"""Rows of a file as lines of COPY, many at once: what each brings, and what the portal notes of it.

A column does to a text what the field of a form would do. Rows that are not all right are refused
without saying why: the form of each then says it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import connection, models
from django.db.models.base import ModelState
from django.utils import timezone

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.fields import Spelt
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.imports.names import typed_by
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.tables import Cells
from suzhou_portal.imports.values import SPOILED, is_text
from suzhou_portal.search import LexemeVectorField

NULL = "\\N"
# What COPY reads otherwise than as it is.
_MARKED = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

Read = tuple[
    Sequence[Any], Sequence[str]
]  # values of a column's cells, and what COPY takes for them


class RefusedError(Exception):
    """Some of the rows cannot be taken as they stand."""


def as_copied(field: models.Field, value: Any) -> str:
    """A value of the field as COPY takes it."""
    if isinstance(value, models.Model):
        value = value.pk
    stored = field.get_db_prep_save(value, connection)
    return NULL if stored is None else str(stored).translate(_ESCAPES)


class TextColumn:
    """A column of free text: in the field's one spelling, not too long, and as its validators want it."""

    def __init__(self, field: models.Field):
        self._spelt = field.to_python
        plain = field.plain if isinstance(field, Spelt) else re.compile("[^\\s\\S]")
        self._plain = re.compile(f"(?:(?:{plain.pattern})?\v)*", plain.flags)
        self._required = not field.blank
        self._longest: float = field.max_length or float("inf")
        # What holds with one call for each text is asked in one sweep over many.
        self._checks = [
            re.compile(validator.regex).search
            if isinstance(validator, RegexValidator) and not validator.inverse_match
            else lambda text, validator=validator: validator(text) is None
            for validator in field.validators
            if not isinstance(validator, MaxLengthValidator)
        ]

    def read(self, cells: Sequence[str]) -> Read:
        """What the cells say. Raises ValidationError."""
        values = list(map(str.strip, cells))
        if not self._are_plain(values):
            values = list(map(self._spelt, values))
        if max(map(len, values)) > self._longest or (self._required and not all(values)):
            raise ValidationError("")
        filled = [value for value in values if value]
        whole = "".join(filled)
        if "+" in whole and any(map(SPOILED.fullmatch, filled)):
            raise ValidationError("")
        if not all(all(map(holds, filled)) for holds in self._checks):
            raise ValidationError("")
        marked = _MARKED.search(whole)
        return values, [one.translate(_ESCAPES) for one in values] if marked else values

    def _are_plain(self, texts: Sequence[str]) -> bool:
        """Whether each is in the field's one spelling already: asked in one sweep."""
        whole = "\v".join([*texts, ""])
        return whole.count("\v") == len(texts) and self._plain.fullmatch(whole) is not None


class RepeatedColumn(dict[str, Any]):
    """A column in which texts repeat: what each means is asked once, and so is what COPY takes for it."""

    def __init__(self, field: models.Field, ask: Callable[[str], Any]):
        super().__init__()
        self._field, self._ask = field, ask
        self._copied: dict[str, str] = {}

    def __missing__(self, text: str) -> Any:
        value = self[text] = self._ask(text.strip())
        self._copied[text] = as_copied(self._field, value)
        return value

    def read(self, cells: Sequence[str]) -> Read:
        """What the cells say: dates, numbers, choices, other records. Raises ValidationError."""
        values = list(map(self.__getitem__, cells))
        return values, list(map(self._copied.__getitem__, cells))


class ListColumn:
    """A column whose cells name several records each. It is never copied, since a list is a table of its own."""

    def __init__(self, ask: Callable[[str], list[Any]]):
        self._ask = ask

    def read(self, cells: Sequence[str]) -> Read:
        """What the cells say. Raises ValidationError."""
        return list(map(self._ask, cells)), []


def column_of(
    ledger: Ledger, field: models.Field, user: Any
) -> TextColumn | RepeatedColumn | ListColumn:
    """The column of a field, as the person may fill it in."""
    if is_text(field):
        return TextColumn(field)
    typed = typed_by(ledger, field, user)
    if field.many_to_many:
        return ListColumn(typed)
    form_field: Any = field.formfield()

    def ask(text: str) -> Any:
        meant = typed(text)
        if isinstance(meant, models.Model):
            return meant
        if not isinstance(field, models.ForeignKey):
            return field.clean(form_field.clean(meant), None)
        if not field.null:
            raise ValidationError("")
        return None

    return RepeatedColumn(field, ask)


class Lines:
    """Makes a ledger's lines for the person who imports it."""

    def __init__(self, ledger: Ledger, user: Any):
        self._model, self._fields = ledger.model, ledger.columns
        self._columns = [column_of(ledger, field, user) for field in self._fields]
        others = [
            field
            for field in self._model._meta.concrete_fields
            if field not in self._fields and not field.primary_key and not field.generated
        ]
        self._vectors = [field for field in others if isinstance(field, LexemeVectorField)]
        noted = [field for field in others if field not in self._vectors]
        self.now = timezone.now()
        known = {
            "is_demo": Demonstration.objects.exists(), "entered_by": user.pk,
            "created_at": self.now, "updated_at": self.now,
        }  # fmt: skip
        self._noted = "\t".join(
            as_copied(field, known.get(field.name, field.get_default())) for field in noted
        )
        self.columns = [str(field.column) for field in (*self._fields, *self._vectors, *noted)]
        self._blank = self._model()
        own = [(n, field.name) for n, field in enumerate(self._fields) if not field.is_relation]
        self._places, self._names = [place for place, _ in own], [name for _, name in own]
        self._relations = [
            (place, field.name, field.attname, field.target_field.attname)
            for place, field in enumerate(self._fields)
            if isinstance(field, models.ForeignKey)
        ]
        # What a record works out from its own columns can only be asked of a record.
        asks = ("clean", "placed_on")
        rules = any(getattr(self._model, one) is not getattr(AreaRecord, one) for one in asks)
        self._asks_records = bool(self._vectors) or rules

    def of(self, rows: Sequence[Cells]) -> list[str]:
        """A line for each row, without its end. Raises RefusedError where any is not right."""
        try:
            read = [
                column.read(cells)
                for column, cells in zip(self._columns, zip(*rows, strict=True), strict=True)
            ]
            copied: Any = zip(
                *(copied for _, copied in read), repeat(self._noted, len(rows)), strict=True
            )
            if self._asks_records:
                copied = self._ruled(zip(*(values for values, _ in read), strict=True), copied)
            return list(map("\t".join, copied))
        except ValidationError:
            raise RefusedError from None

    def of_record(self, record: models.Model) -> str:
        """The line of a record that follows its rules."""
        cells = [as_copied(field, getattr(record, field.attname)) for field in self._fields]
        vectors = [field.literal(record) for field in self._vectors]
        return "\t".join([*cells, *vectors, self._noted])

    def _ruled(
        self, rows: Iterator[Sequence[Any]], copied: Iterator[Sequence[str]]
    ) -> Iterator[list[str]]:
        """The cells of each row's line with what its record makes of them. Raises ValidationError."""
        for row, cells in zip(rows, copied, strict=True):
            record = self._record(row)
            record.require_standing()
            record.clean()
            line, now = list(cells), record.__dict__
            if [now[name] for name in self._names] != [row[place] for place in self._places]:
                for place, name in zip(self._places, self._names, strict=True):
                    if now[name] != row[place]:
                        if row[place] not in (None, ""):
                            raise ValidationError("")  # nothing is replaced unless it is said
                        line[place] = as_copied(self._fields[place], now[name])
            line[-1:] = [*(field.literal(record) for field in self._vectors), self._noted]
            yield line

    def _record(self, row: Sequence[Any]) -> Any:
        """A new record of the row; asking every column for its default is done once, for all."""
        record, state = self._model.__new__(self._model), ModelState()
        now = record.__dict__
        now.update(self._blank.__dict__, _state=state)
        for place, name in zip(self._places, self._names, strict=True):
            now[name] = row[place]
        # As its descriptor would, which asks the router for each row.
        for place, name, attname, target in self._relations:
            state.fields_cache[name] = one = row[place]
            now[attname] = None if one is None else getattr(one, target)
        return record
