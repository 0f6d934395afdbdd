"""A kind of record, declared once: desk, admin, permissions, choices, public register and ledger follow.

Each party declares its kinds in `kinds/`, one file for a mechanism, found by autodiscovery as figures are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin import EmptyFieldListFilter
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property  # functools' one locks all threads out

from suzhou_portal.accounts.roles import Role, grant, permission
from suzhou_portal.areas.codes import lineage
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.columns import Column, Columns, columns, joins, rows_read
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public
from suzhou_portal.records.todos import Todo, amended


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a file of a district's ledger may bring of these records: the ledger's `name` in addresses, the
    `key` that tells one record from another, and by which column of the other record a relation is
    `named_by` where that is not what it is called.

    `fields` are its columns, headed as forms label them: those of the desk, and what it stands below, where
    none are given. Rows of a ledger in `bulk` are copied many at once, which no `save` of the model sees;
    others are entered one by one, as by its form.
    """

    name: str
    key: tuple[str, ...]
    fields: tuple[str, ...] = ()
    named_by: Mapping[str, str] = field(default_factory=dict)
    bulk: bool = False


@dataclass(frozen=True)
class PageLink:
    """A page of its own: `route` is its URL name, `action` with a kind of record (`of`, else the one it is
    linked from) the permission that opening it takes.

    Among a kind's `pages` it is about the kind as a whole; among its `record_pages` it takes the key of a
    record, and leads there only from one of which `when` is true. With `fills` and no route of its own it is
    the form of a new record `of` that kind, in which that field names the record.
    """

    label: str
    route: str
    action: str
    of: type[AreaRecord] | None = None
    when: Callable[[Any], bool] | None = None
    fills: str = ""


@dataclass(frozen=True)
class Beside:
    """Records of another kind that the page of a record lists: `path` leads from them to it. With `fills` a new
    one is entered from there, in whose form that field names the record.
    """

    model: type[AreaRecord]
    path: str
    fills: str = ""


@dataclass(frozen=True)
class Number:
    """A number in a list of the admin, with so many decimals; with None as many as it has."""

    name: str
    places: int | None = None


@dataclass(frozen=True)
class Rows:
    """Records of another kind below one in the admin: with these `fields`, looked at only (`listed`) or
    entered there. `formset` checks what rows may be only together.
    """

    model: type[AreaRecord]
    fields: tuple[str, ...]
    listed: bool = False
    readonly: tuple[str, ...] = ()
    deleted: bool = True
    formset: Any = None


@dataclass(frozen=True, kw_only=True)
class InAdmin:
    """What the admin of a kind shows otherwise than its desk does.

    `columns` stand in the list, after the record's name and its area; `search` and `filters` are the
    desk's where they are not given; `dates` is the column by which the list goes through time. `given` is
    filled in elsewhere, such as with a step, and only looked at; `decided` is what an office says of a
    record, and its owner does not change. `of_old` is what steps ask for, and what a new record may yet
    bring along that was decided before the portal knew of it. A record that is `kept` is only looked at,
    one that is `settled` is not deleted. `base` is the class of the admin where it does something of its own.
    """

    columns: Columns
    search: tuple[str, ...] | None = None
    filters: tuple[Any, ...] | None = None
    dates: str | None = None
    given: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()
    of_old: tuple[str, ...] = ()
    fieldsets: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    rows: tuple[Rows, ...] = ()
    kept: Callable[[Any], bool] | None = None
    settled: Callable[[Any], bool] | None = None
    base: type | None = None


def filled(name: str) -> tuple[str, Any]:
    """A filter of the admin by whether the field is filled in."""
    return name, EmptyFieldListFilter


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of record.

    `roles` says who may do what with it: a role, and the actions of its permissions. A kind with a `name`
    has a desk, the pages on which it is entered and carried through outside the admin.

    `fields` are filled in for a new record and changed later; in those that are `carried` the last record
    the person entered is at hand; `columns` stand in the list, `facts` on the record's page; `joins` are
    relations to be read with them that neither tells. `parent` is the field that names the
    record these stand below: such a desk is reached from its parent's page. `files` allows photos and
    documents, which besides those who change the record whoever has the permission `attach` may add;
    where these are part of what is decided, as with a text that may be a file, `files_are_content` closes
    them with it.
    `entry` marks what is entered daily, so that its form is offered on the start page; below a parent it
    then asks which. With `while_open` the parent's page offers a new one only while the parent is open.
    `beside` names records of other kinds that its page lists. With `many`, a relation, several may be
    entered on one page below their parent, one of each record chosen. `begun` says what a new one has at
    first of the record it stands below. A kind that may be `copied` says what a new record takes over from
    an earlier one, and `copied_below` which fields of the records below that are copied with it.
    `todos` say which records wait for something. `pages` and `record_pages` lead to what is neither a list
    nor a record. `public` is what anybody may see, `ledger` what a file may bring.
    """

    model: type[AreaRecord]
    party: Party
    roles: Mapping[Role, frozenset[str]]
    admin: InAdmin
    name: str = ""
    title: str = ""
    lead: str = ""
    fields: tuple[str, ...] = ()
    columns: Columns = ()
    facts: Columns = ()
    carried: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    joins: tuple[str, ...] = ()
    parent: str = ""
    files: bool = False
    files_are_content: bool = False
    attach: str = ""
    entry: bool = False
    while_open: bool = False
    beside: tuple[Beside, ...] = ()
    many: str = ""
    begun: Callable[[Any], dict[str, Any]] | None = None
    copied: Callable[[Any], dict[str, Any]] | None = None
    copied_below: tuple[tuple[type[AreaRecord], tuple[str, ...]], ...] = ()
    todos: tuple[Todo, ...] = ()
    pages: tuple[PageLink, ...] = ()
    record_pages: tuple[PageLink, ...] = ()
    public: Public | None = None
    ledger: Imported | None = None

    def __post_init__(self) -> None:
        """Columns given by name get their headings, and what is public a title."""
        if self.public and not self.public.title:
            object.__setattr__(self.public, "title", self.title)
        if self.staged:
            object.__setattr__(self, "todos", (*self.todos, *amended(self.model)))
        for owner in (self, self.public):
            for name in ("columns", "facts") if owner else ():
                named = columns(self.model, getattr(owner, name))
                object.__setattr__(owner, name, named)

    def __hash__(self) -> int:
        """Of the model alone, which is of one kind."""
        return hash(self.model)

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

    def takes_files(self, record: Any) -> bool:
        """Whether more files may be kept with the record as it stands."""
        return not self.files_are_content or record.may_change

    def may_attach(self, user: Any, record: Any) -> bool:
        """Whether the person may keep files with the record."""
        actions = ("change", self.attach) if self.attach else ("change",)
        return any(user.has_perm(self.permission(action), record) for action in actions)

    def open_to(self, user: Any) -> bool:
        """Whether the person works at its desk."""
        return user.has_perm(self.permission("view")) or user.has_perm(self.permission("change"))

    def records(self, user: Any) -> QuerySet:
        """The records the person sees; of a shared kind that has no owner, those of the divisions around too."""
        reached = user.scope(self.model)
        if getattr(self.model, "shared", False) and not hasattr(self.model, "owned_by"):
            around = {code for root in user.roots(self.model, "view") for code in lineage(root)}
            reached |= Q(area__in=around)
        return self.with_related(self.model._default_manager.filter(reached))

    def with_related(self, records: QuerySet) -> QuerySet:
        """The records with what their columns need, at one cost for any number."""
        one, many = self._related
        return records.select_related(*one).prefetch_related(*many)

    @cached_property
    def _related(self) -> tuple[tuple[str, ...], list[str]]:
        shown = [*self.columns, *self.facts, Column(self.noun, "__str__")]
        if self.public:
            shown += [*self.public.columns, *self.public.facts, *self.public.parties.values()]
        return (*joins(self.model, shown), *self.joins), rows_read(shown)

    def may_open(self, user: Any, page: PageLink, record: Any = None) -> bool:
        """Whether the person may open one of its pages; about what is shared, with what they keep inside."""
        if page.when and record is not None and not page.when(record):
            return False
        about = None if page.of and getattr(self.model, "shared", False) else record
        return user.has_perm(permission(page.action, page.of or self.model), about)

    def pages_for(self, user: Any) -> list[PageLink]:
        """The pages about the kind as a whole that the person may open."""
        return [page for page in self.pages if self.may_open(user, page)]


class KindRegistry:
    """All kinds of record, in the order of their declaration."""

    def __init__(self) -> None:
        self._kinds: dict[type[AreaRecord], Kind] = {}
        self._desks: dict[str, Kind] = {}

    def add(self, *kinds: Kind) -> None:
        """Declare kinds, and what roles may do with them. Raises ValueError for one declared twice."""
        for kind in kinds:
            if kind.model in self._kinds or kind.name in self._desks:
                raise ValueError(f"{kind.model._meta.label} or its desk is declared twice")
            self._kinds[kind.model] = kind
            self._desks |= {kind.name: kind} if kind.name else {}
            grant(kind.model, kind.roles)

    def __iter__(self):
        return iter(self._kinds.values())

    def of(self, model: type[Any]) -> Kind | None:
        """The kind that the records of a model are; None where they are of none."""
        return self._kinds.get(model)

    def desk(self, name: str) -> Kind:
        """The kind whose desk has that name. Raises KeyError."""
        return self._desks[name]

    def desk_of(self, model: type[Any]) -> Kind | None:
        """The kind that the records of a model are, where it has a desk."""
        return next((kind for kind in self._desks.values() if kind.model is model), None)

    def desks(self) -> list[Kind]:
        """Every kind that has a desk, party by party."""
        order = list(Party)
        return sorted(self._desks.values(), key=lambda kind: order.index(kind.party))

    def below(self, kind: Kind) -> list[Kind]:
        """The kinds whose records stand below this one's."""
        desks = [desk for desk in self._desks.values() if desk.parent]
        above = {desk: desk.model._meta.get_field(desk.parent).related_model for desk in desks}
        return [desk for desk in desks if above[desk] is kind.model]

    def public(self, party: Party | None = None) -> list[Kind]:
        """The kinds of which anybody may see something, or those of one party."""
        return [kind for kind in self.desks() if kind.public and party in (None, kind.party)]


kinds = KindRegistry()
