"""A record's columns ready for a page: finished strings, formatted once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from suzhou_portal.audit import trail
from suzhou_portal.records.columns import Column, text
from suzhou_portal.records.kinds import Kind


@dataclass(frozen=True)
class ListedRecord:
    """A record in a list: its page, and label and text of each column."""

    record: Any
    url: str
    cells: list[tuple[str, str]]

    @property
    def first(self) -> str:
        """What the line is called."""
        return self.cells[0][1]


def lines(
    columns: tuple[Column, ...], records: Iterable[Model], page: str, desk: Kind
) -> list[ListedRecord]:
    """The records as lines, each linked to its page. Who is shown pay is written down."""
    records = list(records)
    trail.look(records)
    return [
        ListedRecord(one, reverse(page, args=[desk.name, one.pk]), _told(columns, one))
        for one in records
    ]


def facts(columns: tuple[Column, ...], record: Model) -> list[tuple[str, str]]:
    """Label and text of each column of one record, likewise."""
    trail.look([record])
    return _told(columns, record)


def _told(columns: tuple[Column, ...], record: Model) -> list[tuple[str, str]]:
    return [(column.label, text(record, column)) for column in columns]
