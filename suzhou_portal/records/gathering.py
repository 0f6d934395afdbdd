"""Records of many kinds at once: one statement for all of them, and one for each step to what names them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Expression, IntegerField, Model, QuerySet, TextField, Value


class WholeRow(Expression):
    """The row of the query's own table, as JSON."""

    def __init__(self) -> None:
        super().__init__(output_field=TextField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        alias = connection.ops.quote_name(compiler.query.get_initial_alias())
        return f"to_jsonb({alias})::text", ()


def gathered(wanted: Sequence[QuerySet]) -> list[list[Any]]:
    """The records of each of these querysets, in one statement and in no order."""
    found: list[list[Any]] = [[] for _ in wanted]
    if not wanted:
        return found
    for number, row in united(
        [
            one.order_by().values_list(Value(number, IntegerField()), WholeRow())
            for number, one in enumerate(wanted)
        ]
    ):
        found[number].append(_record(wanted[number].model, row))
    return found


def united(queries: Sequence[QuerySet]) -> QuerySet:
    """The rows of all these queries, of which there is one at least, and which have the same columns."""
    first, *others = queries
    return first.union(*others, all=True) if others else first


def named(records: Iterable[Any]) -> None:
    """Give records of any kinds their division and the records that their texts name: a statement for each
    step that these are away.
    """
    left = [(one, {"area", *getattr(one, "named_with", ())}) for one in records]
    while left:
        ways = [(one, field) for one, names in left for field in map(one._meta.get_field, names)]
        keys: dict[type[Model], set[Any]] = defaultdict(set)
        for one, field in ways:
            if (key := getattr(one, field.attname)) is not None:
                keys[field.related_model].add(key)
        there = {
            (type(other), other.pk): other
            for part in gathered(
                [model._base_manager.filter(pk__in=among) for model, among in keys.items()]
            )
            for other in part
        }
        for one, field in ways:
            if (key := getattr(one, field.attname)) is not None:
                setattr(one, field.name, there[field.related_model, key])
        left = [(one, {*getattr(one, "named_with", ())}) for one in there.values()]
        left = [(one, names) for one, names in left if names]


def _record(model: type[Model], row: str) -> Model:
    """The record of a row; without what is only searched in, which is read when asked for."""
    said = json.loads(row, parse_float=Decimal)
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, SearchVectorField)]
    values = [field.to_python(said[str(field.column)]) for field in fields]
    return model.from_db("default", [field.attname for field in fields], values)
