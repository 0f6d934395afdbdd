"""What was kept before its field knew its one spelling: cleaned where it is, and listed where it can't be.

Called by the migration that brings the rules, as the owner of the tables; safe to run again. The trail has
every change, as the portal's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from psycopg import sql

from suzhou_portal.areas.rules import CheckAt
from suzhou_portal.fields import PlannedDay, Spelt
from suzhou_portal.search import LexemeVectorField

BATCH = 5_000  # rows
TWIN = "换成统一的写法后与另一条记录相同，请核对是不是同一个。"
# What holds records to their state: a spelling is no change of what they say. The trail stays awake.
_RULES = """
SELECT tgname FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid
WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled <> 'D' AND proname <> 'portal_audit'
"""
_NOT_OF_ALL = """
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
WHERE conrelid = to_regclass(%s) AND contype = 'c' AND NOT convalidated
"""
_COLUMNS = (
    "SELECT column_name FROM information_schema.columns"
    " WHERE table_schema = current_schema() AND table_name = %s"
)
_UPDATE = """
UPDATE {table} t SET {changes} FROM unnest({arrays}) AS n ({names}) WHERE t.{pk} = n.{pk}
"""

Row = dict[str, Any]  # a record's values by column
# The model's label, the key, the code of the division, the field's name, and why.
Doubted = tuple[str, str, str, str, str]


def problem(field: Any, value: Any) -> str:
    """Why the field would not take what it holds; blank where it would."""
    if value in (None, ""):
        return ""
    if isinstance(field, Spelt) and field.in_one_spelling(value) != value:
        return TWIN
    try:
        if isinstance(field, PlannedDay):
            field.require_possible(value)
        else:
            field.run_validators(value)
    except ValidationError as error:
        return "".join(error.messages)
    return ""


def broken_rules(connection: Any) -> Iterator[Doubted]:
    """The records of before that a rule of today would refuse: of each check that the database holds of
    what is written from now on (`AddConstraintNotValid`), as the rule says it.
    """
    for model in apps.get_models():
        checks = [rule for rule in model._meta.constraints if isinstance(rule, CheckAt)]
        said = {rule.name: rule for rule in checks if rule.at}
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(_NOT_OF_ALL, [connection.ops.quote_name(table)])
            for name, condition in cursor.fetchall():
                if rule := said.get(name):
                    asked = sql.SQL("SELECT id, area_id FROM {} WHERE NOT ({})")
                    cursor.execute(asked.format(sql.Identifier(table), sql.SQL(condition)))
                    for key, area in cursor.fetchall():
                        why = str(rule.violation_error_message)
                        yield model._meta.label_lower, str(key), area, rule.at, why


def clean_stored(connection: Any) -> list[Doubted]:
    """Clean every table; what is left for people to decide."""
    return [
        doubt for model in apps.get_models() for doubt in _StoredTable(model, connection).clean()
    ]


class _StoredTable:
    """The columns of a model's table that know what they hold, as far as the database has them yet."""

    def __init__(self, model: type[models.Model], connection: Any):
        self._model, self._connection = model, connection
        self._options, self._pk = model._meta, str(model._meta.pk.column)
        with connection.cursor() as cursor:
            cursor.execute(_COLUMNS, [self._options.db_table])
            there = {name for (name,) in cursor.fetchall()}
        known = [field for field in self._options.local_concrete_fields if field.column in there]
        self._texts = [field for field in known if isinstance(field, Spelt)]
        self._days = [field for field in known if isinstance(field, PlannedDay)]
        self._areas = [field for field in known if field.column == "area_id"]
        self._vectors = [
            field
            for field in known
            if isinstance(field, LexemeVectorField)
            and {*field.sources} <= {one.name for one in known}
        ]
        named = {source for vector in self._vectors for source in vector.sources}
        self._searched = [one for one in known if one.name in named and one not in self._texts]

    def clean(self) -> Iterator[Doubted]:
        """Clean all rows, and tell of those that can't be."""
        if not self._texts and not self._days:
            return
        for rows in self._batches():
            self._respell(rows)
            yield from self._doubts(rows)

    def _batches(self) -> Iterator[list[Row]]:
        """The rows, in the order of their keys."""
        told = [*self._texts, *self._days, *self._areas, *self._searched]
        columns = [self._pk, *(str(field.column) for field in told)]
        asked = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            sql.SQL(", ").join(map(sql.Identifier, columns)),
            sql.Identifier(self._options.db_table),
            sql.Identifier(self._pk),
        )
        with self._connection.cursor() as cursor:
            cursor.execute(asked)
            rows = iter(cursor.fetchall())
        while batch := list(islice(rows, BATCH)):
            yield [dict(zip(columns, row, strict=True)) for row in batch]

    def _respell(self, rows: list[Row]) -> None:
        """Write what is spelt otherwise now: all at once, or where that is refused one by one."""
        spelt = [self._spelt(row) for row in rows]
        changed = [(row, new) for row, new in zip(rows, spelt, strict=True) if row != new]
        if not changed:
            return
        with _without_rules(self._connection, self._options.db_table):
            if not self._write([new for _, new in changed]):
                changed = [(row, new) for row, new in changed if self._write([new])]
        for row, new in changed:
            row.update(new)

    def _spelt(self, row: Row) -> Row:
        texts = {str(field.column): field for field in self._texts}
        new = {name: field.in_one_spelling(row[name] or "") for name, field in texts.items()}
        return row | {name: text for name, text in new.items() if row[name]}

    def _write(self, rows: list[Row]) -> bool:
        """Whether the database takes them."""
        try:
            with transaction.atomic(self._connection.alias), self._connection.cursor() as cursor:
                cursor.execute(*self._update(rows))
        except DatabaseError:
            return False
        return True

    def _update(self, rows: list[Row]) -> tuple[sql.Composed, list[list[Any]]]:
        fields = [self._options.pk, *self._texts, *self._vectors]
        names = [str(field.column) for field in fields]
        arrays = [sql.SQL(f"%s::{field.db_type(self._connection)}[]") for field in fields]
        changes = [
            sql.SQL("{0} = n.{0}").format(sql.Identifier(name))
            for name in names
            if name != self._pk
        ]
        join = sql.SQL(", ").join
        statement = sql.SQL(_UPDATE).format(
            table=sql.Identifier(self._options.db_table), pk=sql.Identifier(self._pk),
            changes=join(changes), arrays=join(arrays), names=join(map(sql.Identifier, names)),
        )  # fmt: skip
        values = [[row[name] for row in rows] for name in (self._pk, *self._columns())]
        return statement, [
            *values,
            *([self._vector(field, row) for row in rows] for field in self._vectors),
        ]

    def _columns(self) -> list[str]:
        return [str(field.column) for field in self._texts]

    def _vector(self, field: LexemeVectorField, row: Row) -> str:
        told = (*self._texts, *self._searched)
        texts = {one.name: row[str(one.column)] for one in told}
        return field.literal(SimpleNamespace(**texts))

    def _doubts(self, rows: list[Row]) -> Iterator[Doubted]:
        label = self._options.label_lower
        for row in rows:
            for field in (*self._texts, *self._days):
                if why := problem(field, row[str(field.column)]):
                    yield label, str(row[self._pk]), row.get("area_id", ""), field.name, why


@contextmanager
def _without_rules(connection: Any, table: str) -> Iterator[None]:
    """The table's own triggers asleep, but for the trail's."""
    named = sql.Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(_RULES, [connection.ops.quote_name(table)])
        names = [sql.Identifier(name) for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER {}").format(named, name))
    yield
    with connection.cursor() as cursor:
        for name in names:
            cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER {}").format(named, name))
