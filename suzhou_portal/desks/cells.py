"""A record's columns ready for a page: finished strings, formatted once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse

from suzhou_portal.records.columns import Column, texts
from suzhou_portal.records.kinds import Kind
from suzhou_portal.records.parties import Party


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
    return [
        ListedRecord(one, reverse(page, args=[desk.name, one.pk]), _told(columns, told))
        for one, told in zip(records, texts(columns, records), strict=True)
    ]


def facts(columns: tuple[Column, ...], record: Model) -> list[tuple[str, str]]:
    """Label and text of each column of one record, likewise."""
    [told] = texts(columns, [record])
    return _told(columns, told)


def parties(said: Mapping[Party, str]) -> list[tuple[Party, str]]:
    """What records say of each of the five parties, in their order; blank of those of which they say nothing."""
    return [(party, said.get(party, "")) for party in Party]


def _told(columns: tuple[Column, ...], told: list[str]) -> list[tuple[str, str]]:
    return [(column.label, text) for column, text in zip(columns, told, strict=True)]
