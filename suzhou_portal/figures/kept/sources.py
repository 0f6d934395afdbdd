"""What each figure is computed from, read off its query: nothing has to be declared for it.

A source is a table. Rows of the table a figure counts change it where they stand. Rows of any other
table that its query joins or asks may change it anywhere: which counted rows refer to a written row
cannot be told when it is written, since another open transaction may just be adding one. Such a
source carries an asterisk. Who reads the mark finds out by computing again.
"""

import datetime
import hashlib
from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql import Query
from django.db.models.sql.where import AND, WhereNode

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.grouping import AREA_COLUMN
from suzhou_portal.figures.registry import Figure, figures

ANYWHERE = "*"
_ANY_DAY = datetime.date(2000, 1, 1)
# Changes when what is kept of a figure changes its shape, or what is withheld its rule.
_SHAPE = "3"


def counted(figure: Figure, day: datetime.date) -> QuerySet:
    """The figure's records with everything its measure asks of them."""
    return figure.measure.asked(figure.records_as_of(day).order_by())


@cache
def sources_by_key() -> dict[str, frozenset[str]]:
    """The sources on which the value of each figure with records of its own depends."""
    return {
        figure.key: frozenset(_sources(counted(figure, _ANY_DAY).query))
        for figure in kept_figures()
    }


@cache
def kept_figures() -> list[Figure]:
    """The figures with records of their own: a ratio follows from two of them."""
    return [figure for figure in figures.all() if not figure.measure.parts]


@cache
def asked_sources() -> dict[str, list[str]]:
    """What reading marks is told: all sources, those of means, and those of standards in force, which
    cover whatever lies inside the area they stand in.
    """
    standards = (one for one in kept_figures() if one.measure.covers)
    return {
        "sources": _joined(kept_figures()),
        "of_means": _joined(means()),
        "inherited": _joined(standards),
    }


@cache
def means() -> list[Figure]:
    """The figures of which some values are withheld."""
    return [figure for figure in kept_figures() if figure.measure.withholds]


@cache
def tables() -> dict[str, tuple[str, bool]]:
    """Each table on which figures depend: the column that says where its rows stand, blank where
    no figure counts them by that; and whether they may change a figure anywhere.
    """
    all_sources = asked_sources()["sources"]
    names = {source.removesuffix(ANYWHERE) for source in all_sources}
    return {
        name: (_area_column(name) if name in all_sources else "", name + ANYWHERE in all_sources)
        for name in sorted(names)
    }


@cache
def kinds() -> frozenset[type[models.Model]]:
    """The kinds of record whose rows are in these tables."""
    return _kinds(tables())


@cache
def kinds_of_means() -> frozenset[type[models.Model]]:
    """Those on which it depends which means are withheld."""
    return _kinds({source.removesuffix(ANYWHERE) for source in asked_sources()["of_means"]})


@cache
def kinds_of(figure: Figure) -> frozenset[type[models.Model]]:
    """The kinds of record on which one figure depends; of a ratio, its two do."""
    keys = [part.key for part in figures.parts(figure)] or [figure.key]
    sources = frozenset().union(*(sources_by_key()[key] for key in keys))
    return _kinds({source.removesuffix(ANYWHERE) for source in sources})


def kinds_in(asked: QuerySet) -> frozenset[type[models.Model]]:
    """The kinds of record that a query asks, besides those it selects with what it finds."""
    return _kinds({source.removesuffix(ANYWHERE) for source in _sources(asked.query)})


def _kinds(names: Container[str]) -> frozenset[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return frozenset(model for model in every if model._meta.db_table in names)


@cache
def definitions() -> str:
    """A digest of how all figures are computed: another one makes all that was kept void."""
    told = [
        f"{figure.key} {figure.measure!r} {counted(figure, _ANY_DAY).query}"
        for figure in kept_figures()
    ]
    return hashlib.sha256("\n".join([_SHAPE, *sorted(told)]).encode()).hexdigest()


def _joined(chosen: Iterable[Figure]) -> list[str]:
    return sorted(frozenset().union(*(sources_by_key()[figure.key] for figure in chosen)))


def _area_column(table: str) -> str:
    return "code" if table == Area._meta.db_table else AREA_COLUMN


def _sources(query: Query) -> Iterator[str]:
    base = query.get_initial_alias()
    for alias, table in query.alias_map.items():
        if query.alias_refcount[alias]:
            here = alias == base or _is_own_area(table, base)
            yield table.table_name if here else _anywhere(table.table_name)
    for inner in _inner(query):
        same_area = _asks_same_area(inner, base)
        for source in _sources(inner):
            yield source if same_area else _anywhere(source)


def _anywhere(source: str) -> str:
    return source.removesuffix(ANYWHERE) + ANYWHERE


def _is_own_area(table: Any, base: str) -> bool:
    """Whether a joined table is the division in which the counted row stands."""
    return (
        table.table_name == Area._meta.db_table
        and table.parent_alias == base
        and table.join_cols == ((AREA_COLUMN, "code"),)
    )


def _inner(query: Query) -> Iterator[Query]:
    """The queries asked inside a query."""
    left: list[Any] = [query.where, *query.annotations.values(), *query.combined_queries]
    while left:
        node = left.pop()
        if isinstance(node, Query):
            yield node
        elif hasattr(node, "get_source_expressions"):
            left += node.get_source_expressions()


def _asks_same_area(inner: Query, base: str) -> bool:
    """Whether the inner query sees only rows that stand where the counted row does."""
    own = inner.get_initial_alias()
    return any(
        isinstance(condition, Exact)
        and {_place(condition.lhs), _place(condition.rhs)} == {own, base}
        for condition in _required(inner.where)
    )


def _required(where: WhereNode) -> Iterator[Any]:
    """The conditions that all must hold."""
    if where.connector == AND and not where.negated:
        for child in where.children:
            if isinstance(child, WhereNode):
                yield from _required(child)
            else:
                yield child


def _place(side: Any) -> str | None:
    """Whose area this side of a comparison is."""
    return side.alias if isinstance(side, Col) and side.target.column == AREA_COLUMN else None
