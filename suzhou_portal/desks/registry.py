"""A desk: the pages on which one kind of record is entered and carried through, outside the admin.

Declared once, by its party, in `desks.py`, and found by autodiscovery as figures are.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.codes import lineage
from suzhou_portal.areas.models import AreaRecord, AreaRecordQuerySet
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from suzhou_portal.lifecycle.models import Staged


@dataclass(frozen=True, kw_only=True)
class Public:
    """What anybody may see of these records: which ones on a day, which columns, and with `files`
    what is kept with them.
    """

    title: str
    lead: str
    records: Callable[[datetime.date], AreaRecordQuerySet]
    columns: tuple[Column, ...]
    facts: tuple[Column, ...] = ()
    files: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of its own: `route` is its URL name, `permission` what opening it takes.

    Below a desk's `pages` it is about the desk as a whole; below its `record_pages` it takes the
    key of a record.
    """

    label: str
    route: str
    permission: str


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The pages of one kind of record.

    `fields` are filled in for a new record and changed later; `remembered` are those in which the
    last record the person entered is at hand; `columns` stand in the list, `facts` on the record's
    page. `parent` is the field that names the record these stand below: such a desk is reached from
    its parent's page. `files` allows photos and documents, which besides those who change the record
    whoever has the permission `attach` may add. `entry` marks what is entered daily, so
    that its form is offered on the start page; below a parent it then asks which. With `while_open`
    the parent's page offers a new one only while the parent is open. `pages` and
    `record_pages` lead to what is neither a list nor a record.
    """

    name: str
    party: Party
    model: type[AreaRecord]
    title: str
    lead: str
    fields: tuple[str, ...]
    columns: tuple[Column, ...]
    facts: tuple[Column, ...] = ()
    remembered: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    select_related: tuple[str, ...] = ("area",)
    prefetch_related: tuple[str, ...] = ()
    parent: str = ""
    files: bool = False
    attach: str = ""
    entry: bool = False
    while_open: bool = False
    public: Public | None = None
    pages: tuple[Page, ...] = ()
    record_pages: tuple[Page, ...] = ()

    @property
    def noun(self) -> str:
        """What one of its records is called."""
        return str(self.model._meta.verbose_name)

    @property
    def staged(self) -> bool:
        """Whether its records have a lifecycle."""
        return issubclass(self.model, Staged)

    def permission(self, action: str) -> str:
        """The name of a permission on its records."""
        return permission(action, self.model)

    def may_attach(self, user: Any, record: Any) -> bool:
        """Whether the person may keep files with the record."""
        actions = ("change", self.attach) if self.attach else ("change",)
        return any(user.has_perm(self.permission(action), record) for action in actions)

    def open_to(self, user: Any) -> bool:
        """Whether the person works at it."""
        return user.has_perm(self.permission("view")) or user.has_perm(self.permission("change"))

    def records(self, user: Any) -> QuerySet:
        """Those the person sees; of a shared kind that has no owner, those of the divisions around too."""
        reached = user.scope(self.model)
        if getattr(self.model, "shared", False) and not hasattr(self.model, "owned_by"):
            around = {code for root in user.roots(self.model, "view") for code in lineage(root)}
            reached |= Q(area__in=around)
        return self.with_related(self.model._default_manager.filter(reached))

    def with_related(self, records: QuerySet) -> QuerySet:
        """The records with what their columns need, at one cost for any number."""
        related = records.select_related(*self.select_related)
        return related.prefetch_related(*self.prefetch_related)

    def pages_for(self, user: Any) -> list[Page]:
        """The pages of the desk that the person may open."""
        return [page for page in self.pages if user.has_perm(page.permission)]


class Registry:
    """All desks, in the order of their declaration."""

    def __init__(self) -> None:
        self._desks: dict[str, Desk] = {}

    def add(self, *desks: Desk) -> None:
        """Declare desks. Raises ValueError for a name used twice."""
        for desk in desks:
            if desk.name in self._desks:
                raise ValueError(f"desk {desk.name} is declared twice")
            self._desks[desk.name] = desk

    def get(self, name: str) -> Desk:
        """The desk of that name. Raises KeyError."""
        return self._desks[name]

    def all(self) -> list[Desk]:
        """Every desk, party by party."""
        order = list(Party)
        return sorted(self._desks.values(), key=lambda desk: order.index(desk.party))

    def below(self, desk: Desk) -> list[Desk]:
        """The desks whose records stand below this one's."""
        return [
            other
            for other in self._desks.values()
            if other.parent
            and other.model._meta.get_field(other.parent).related_model is desk.model
        ]

    def of(self, model: type[AreaRecord]) -> Desk | None:
        """The desk of a kind of record."""
        return next((desk for desk in self._desks.values() if desk.model is model), None)

    def public(self, party: Party | None = None) -> list[Desk]:
        """Those with something anybody may see."""
        return [
            desk for desk in self.all() if desk.public is not None and party in (None, desk.party)
        ]


desks = Registry()
