"""A ledger: a kind of record that districts keep as a table, and what of it a file may bring.

It follows from the declaration of the kind (`Kind.ledger`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.records.kinds import Kind, kinds
from suzhou_portal.records.parties import Party

AREA = "area"


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """One kind of record to import.

    `fields` are the columns of the file, headed as forms label them. `key` are those that tell one record
    from another. `named_by` says by which column of the other record a relation is named in the file,
    where that is not what it is called. `bulk` is whether rows are copied, many at once.
    """

    name: str
    party: Party
    model: type[AreaRecord]
    fields: tuple[str, ...]
    key: tuple[str, ...]
    named_by: Mapping[str, str] = field(default_factory=dict)
    bulk: bool = False

    @property
    def title(self) -> str:
        """What its records are called."""
        return str(self.model._meta.verbose_name)

    @property
    def columns(self) -> list[models.Field]:
        """The model's fields behind the columns, in their order."""
        return [self.model._meta.get_field(name) for name in self.fields]  # type: ignore[misc]

    @property
    def headings(self) -> list[str]:
        """What the first line of a file says."""
        return [str(column.verbose_name) for column in self.columns]

    @property
    def needed(self) -> list[str]:
        """The headings that a file must have: of what no record may lack."""
        return [str(column.verbose_name) for column in self.columns if not column.blank]

    def name_of(self, field: Any) -> str:
        """The column by which a relation's record is named; a division has its code, too."""
        named = self.named_by.get(field.name)
        return named or ("name" if field.related_model is Area else field.related_model.called)

    def roots(self, user: Any) -> set[str]:
        """The divisions in which, and in all they contain, the person may import.

        Offices only: a team or an organization keeps its own records one by one.
        """
        return user.roots(self.model, "add", owners=False)

    def open_to(self, user: Any) -> bool:
        """Whether the person may import anywhere."""
        return user.has_perm(permission("add", self.model)) and bool(self.roots(user))


class LedgerRegistry:
    """All ledgers: of each kind of record that says what a file may bring."""

    def all(self) -> list[Ledger]:
        """Every ledger, party by party."""
        found = [
            Ledger(
                party=kind.party,
                model=kind.model,
                **vars(kind.ledger) | {"fields": _fields(kind, kind.ledger.fields)},
            )
            for kind in kinds
            if kind.ledger
        ]
        order = list(Party)
        return sorted(found, key=lambda ledger: order.index(ledger.party))

    def get(self, name: str) -> Ledger:
        """The ledger of that name. Raises KeyError."""
        return {ledger.name: ledger for ledger in self.all()}[name]

    def open_to(self, user: Any) -> list[Ledger]:
        """The ledgers the person may import."""
        return [ledger for ledger in self.all() if ledger.open_to(user)]


def _fields(kind: Kind, given: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of a kind's ledger: those of its desk, where none are given."""
    names = (kind.parent, *kind.fields) if kind.parent else kind.fields
    return given or tuple(dict.fromkeys(names))


ledgers = LedgerRegistry()
