"""Chunks of a file as lines of COPY: what every row brings, and what the portal notes of it."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState
from django.utils import timezone

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.imports.columns import RefusedError, as_copied, column_of
from suzhou_portal.imports.reading import Chunk
from suzhou_portal.imports.registry import Ledger
from suzhou_portal.imports.workbooks import Row
from suzhou_portal.search import LexemeVectorField


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
        now = timezone.now()
        known = {
            "is_demo": Demonstration.objects.exists(), "entered_by": user.pk,
            "created_at": now, "updated_at": now,
        }  # fmt: skip
        self._noted = "\t".join(
            as_copied(field, known.get(field.name, field.get_default())) for field in noted
        )
        self.columns = [str(field.column) for field in (*self._fields, *self._vectors, *noted)]
        self._blank = self._model()
        # What a record works out from its own columns can only be asked of a record.
        self._asks_records = bool(self._vectors) or self._model.clean is not AreaRecord.clean

    def of_chunk(self, chunk: Chunk) -> list[str]:
        """A line for each row. Raises RefusedError where any is not right, or could not be read."""
        if any(chunk.wrong.values()):
            raise RefusedError
        return self.of(chunk.rows)

    def of(self, rows: Sequence[Row]) -> list[str]:
        """A line for each row, without its end. Raises RefusedError where any is not right."""
        values = [
            column.values(cells)
            for column, cells in zip(self._columns, zip(*rows, strict=True), strict=True)
        ]
        cells: Any = [column.copied(one) for column, one in zip(self._columns, values, strict=True)]
        if self._asks_records:
            ruled = self._ruled_lines(values, cells)
            return [f"{line}\t{self._noted}" for line in ruled]
        return list(map("\t".join, zip(*cells, repeat(self._noted, len(rows)), strict=True)))

    def of_record(self, record: models.Model) -> str:
        """The line of a record that follows its rules."""
        cells = [as_copied(field, getattr(record, field.attname)) for field in self._fields]
        vectors = [field.literal(record) for field in self._vectors]
        return "\t".join([*cells, *vectors, self._noted])

    def _ruled_lines(
        self, values: list[Sequence[Any]], cells: list[Sequence[str]]
    ) -> Iterator[str]:
        own = [
            (place, field.name, field)
            for place, field in enumerate(self._fields)
            if not field.is_relation
        ]
        for row, copied in zip(zip(*values, strict=True), zip(*cells, strict=True), strict=True):
            record = self._record(row)
            try:
                record.clean()
            except ValidationError:
                raise RefusedError from None
            line, now = list(copied), record.__dict__
            for place, name, field in own:
                if now[name] is not row[place]:
                    line[place] = as_copied(field, now[name])
            line += [field.literal(record) for field in self._vectors]
            yield "\t".join(line)

    def _record(self, row: Sequence[Any]) -> Any:
        """A new record of the row; asking every column for its default is done once, for all."""
        record = self._model.__new__(self._model)
        record.__dict__.update(self._blank.__dict__, _state=ModelState())
        for field, value in zip(self._fields, row, strict=True):
            if field.is_relation:
                setattr(record, field.name, value)
            else:
                record.__dict__[field.name] = value
        return record
