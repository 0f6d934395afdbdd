"""Rows beside their table, and what the table's own rules say of all of them at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from suzhou_portal.imports.lines import Lines
from suzhou_portal.imports.registry import Ledger

STAGE = sql.Identifier("portal_import")
_CHECKS = """
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype = 'c'
"""
# Those of plain columns; of anything else the table itself is the judge.
_ONCE = """
SELECT i.relname, coalesce(pg_get_expr(x.indpred, x.indrelid), 'true'),
  array(SELECT attname FROM pg_attribute
    WHERE attrelid = x.indrelid AND attnum = ANY (x.indkey::int2[]) ORDER BY attnum)
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
WHERE x.indrelid = %s::regclass AND x.indisunique AND NOT x.indisprimary AND x.indexprs IS NULL
"""
_TAKEN = "({rule}) AND EXISTS (SELECT 1 FROM {table} t WHERE ({theirs}) = ({own}) AND ({rule}))"
_FIND_TAKEN = "SELECT import_line FROM {stage} s WHERE " + _TAKEN  # noqa: S608 - no input
_DROP_TAKEN = "DELETE FROM {stage} s WHERE " + _TAKEN  # noqa: S608 - no input


@dataclass(frozen=True)
class Once:
    """Columns that together tell records apart, and of which records the rule is."""

    columns: tuple[str, ...]
    condition: str = "true"


class Stage:
    """A temporary table of a transaction, shaped as the ledger's own but without any rule."""

    def __init__(self, ledger: Ledger, lines: Lines):
        self._table = sql.Identifier(ledger.model._meta.db_table)
        self._name = ledger.model._meta.db_table
        self._columns = sql.SQL(", ").join([sql.Identifier(name) for name in lines.columns])
        self._key = Once(
            tuple(str(field.column) for field in ledger.columns if field.name in ledger.key)
        )
        self._run("DROP TABLE IF EXISTS pg_temp.{stage}")
        self._run(
            "CREATE TEMPORARY TABLE {stage} ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"
        )
        self._run("ALTER TABLE {stage} ADD COLUMN import_line bigint")

    def fill(self, numbered: Iterable[tuple[int, str]]) -> None:
        """Put lines in, each with the number of its row."""
        statement = self._put("COPY {stage} ({columns}, import_line) FROM STDIN")
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            for number, line in numbered:
                copy.write(f"{line}\t{number}\n")

    def against_checks(self) -> dict[int, str]:
        """Rows that a rule of the table refuses, and which."""
        found: dict[int, str] = {}
        for name, rule in self._rows(_CHECKS, [self._quoted]):
            bad = self._run(
                "SELECT import_line FROM {stage} WHERE ({rule}) IS FALSE", rule=sql.SQL(rule)
            )
            found |= {number: name for (number,) in bad if number not in found}
        return found

    def taken(self, once: Once | None = None) -> set[int]:
        """Rows of which the table has one with the same columns; of the ledger's key unless said."""
        rows = self._run(_FIND_TAKEN, **self._about(once))
        return {number for (number,) in rows}

    def repeated(self, once: Once | None = None) -> dict[int, int]:
        """Rows that say again what an earlier one says, and that row's number."""
        rows = self._run(
            "SELECT import_line, earlier FROM ("
            " SELECT import_line, min(import_line) OVER (PARTITION BY {own}) AS earlier"
            " FROM {stage} s WHERE ({rule}) AND ({own}) IS NOT NULL) found"
            " WHERE earlier < import_line",
            **self._about(once),
        )
        return dict(rows)

    def others(self) -> list[Once]:
        """What else the table wants only once."""
        found = [
            Once(tuple(columns), condition)
            for _, condition, columns in self._rows(_ONCE, [self._quoted])
        ]
        return [one for one in found if set(one.columns) != set(self._key.columns)]

    def drop_taken(self) -> int:
        """Leave out rows whose key the table has; how many."""
        with connection.cursor() as cursor:
            cursor.execute(self._put(_DROP_TAKEN, **self._about(None)))
            return cursor.rowcount

    def move(self) -> int:
        """Put what is left into the table; how many. Raises IntegrityError."""
        with connection.cursor() as cursor:
            cursor.execute(
                self._put(
                    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage} ORDER BY import_line"
                )
            )
            return cursor.rowcount

    @property
    def _quoted(self) -> str:
        return f'"{self._name}"'

    def _about(self, once: Once | None) -> dict[str, sql.Composable]:
        once = once or self._key
        names = sql.SQL(", ").join
        return {
            "own": names(sql.Identifier("s", column) for column in once.columns),
            "theirs": names(sql.Identifier("t", column) for column in once.columns),
            "rule": sql.SQL(once.condition),
        }

    def _put(self, text: str, **more: sql.Composable) -> sql.Composed:
        return sql.SQL(text).format(stage=STAGE, table=self._table, columns=self._columns, **more)

    def _run(self, text: str, **more: sql.Composable) -> list[Any]:
        return self._rows(self._put(text, **more))

    def _rows(self, statement: Any, values: Sequence[Any] | None = None) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall() if cursor.description else []
