"""Columns of a file turned into values and into what COPY takes, many cells at once.

Each does what the field of a form would do to the same text. A column that meets a text it does not
take raises RefusedError without saying why: the form of that row then says it.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import connection, models

from suzhou_portal.imports.names import typed_by
from suzhou_portal.imports.registry import Ledger

NULL = "\\N"
# What COPY reads otherwise than as it is.
_MARKED = re.compile(r"[\\\t\n\r]")
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class RefusedError(Exception):
    """A cell cannot be taken as it stands."""


def as_copied(field: models.Field, value: Any) -> str:
    """A value of the field as COPY takes it."""
    if isinstance(value, models.Model):
        value = value.pk
    stored = field.get_db_prep_save(value, connection)
    return NULL if stored is None else str(stored).translate(_ESCAPES)


class Text:
    """A column of free text: trimmed, not too long, and as its validators want it."""

    def __init__(self, field: models.Field):
        self._required = not field.blank
        self._longest: float = field.max_length or float("inf")
        self._patterns: list[Callable[[str], Any]] = []
        self._others: list[Callable[[str], Any]] = []
        for validator in field.validators:
            if isinstance(validator, RegexValidator) and not validator.inverse_match:
                self._patterns.append(re.compile(validator.regex).search)
            elif not isinstance(validator, MaxLengthValidator):
                self._others.append(validator)

    def values(self, cells: Sequence[str]) -> Sequence[str]:
        """The texts. Raises RefusedError."""
        values = list(map(str.strip, cells))
        if max(map(len, values)) > self._longest or (self._required and not all(values)):
            raise RefusedError
        if self._patterns or self._others:
            self._validate([value for value in values if value])
        return values

    def copied(self, values: Sequence[str]) -> Sequence[str]:
        """Values as COPY takes them. Raises RefusedError for what no column can hold."""
        together = "\v".join(values)
        if "\0" in together:
            raise RefusedError
        return [one.translate(_ESCAPES) for one in values] if _MARKED.search(together) else values

    def _validate(self, filled: list[str]) -> None:
        for matches in self._patterns:
            if not all(map(matches, filled)):
                raise RefusedError
        for validate in self._others:
            for value in filled:
                _asked(validate, value)


class Known:
    """A column in which texts repeat: each is asked about once."""

    def __init__(self, ask: Callable[[str], Any], copy: Callable[[Any], str]):
        self._ask, self._copy = ask, copy
        self._values = _Memo(self._asked_about)
        self._copies: dict[int, str] = {}  # by identity: to compare records takes longer

    def values(self, cells: Sequence[str]) -> Sequence[Any]:
        """What the texts mean: dates, numbers, choices, other records. Raises RefusedError."""
        return list(map(self._values.__getitem__, cells))

    def copied(self, values: Sequence[Any]) -> Sequence[str]:
        """Values as COPY takes them."""
        return list(map(self._copies.__getitem__, map(id, values)))

    def _asked_about(self, text: str) -> Any:
        value = self._ask(text.strip())
        self._copies[id(value)] = self._copy(value)
        return value


class _Memo(dict[Any, Any]):
    def __init__(self, make: Callable[[Any], Any]):
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        made = self[key] = self._make(key)
        return made


def column_of(ledger: Ledger, field: models.Field, user: Any) -> Text | Known:
    """The column of a field, as the person may fill it in."""
    if isinstance(field, models.CharField | models.TextField) and not field.choices:
        return Text(field)
    typed = typed_by(ledger, field, user)
    form_field: Any = field.formfield()

    def ask(text: str) -> Any:
        meant = _asked(typed, text)
        if isinstance(meant, models.Model):
            return meant
        if isinstance(field, models.ForeignKey):
            return None if field.null and not meant else _refuse()
        cleaned = _asked(form_field.clean, meant)
        return _asked(lambda value: field.clean(value, None), cleaned)

    return Known(ask, lambda value: as_copied(field, value))


def _asked(ask: Callable[[Any], Any], value: Any) -> Any:
    try:
        return ask(value)
    except ValidationError:
        return _refuse()


def _refuse() -> Any:
    raise RefusedError
