"""A ledger's table in the database: rows are copied into it, or beside it, where its rules are asked about
all of them at once.
"""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import IntegrityError, connection, models
from psycopg import sql

from suzhou_portal.imports.registry import Ledger

_CHECKS = """
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint
WHERE conrelid = {named}::regclass AND contype = 'c'
"""
# Those of plain columns; of anything else the table itself is the judge.
_UNIQUE = """
SELECT array(SELECT attname FROM pg_attribute
    WHERE attrelid = x.indrelid AND attnum = ANY (x.indkey::int2[]) ORDER BY attnum),
  coalesce(pg_get_expr(x.indpred, x.indrelid), 'true')
FROM pg_index x
WHERE x.indrelid = {named}::regclass AND x.indisunique AND NOT x.indisprimary AND x.indexprs IS NULL
"""
_REPEATED_SINCE = """
SELECT 1 FROM {table} WHERE area_id IN (SELECT DISTINCT area_id FROM {table} WHERE {pk} > {newest})
GROUP BY {key} HAVING count(*) > 1 AND max({pk}) > {newest} LIMIT 1
"""
_TAKEN = """
SELECT import_line FROM {stage} s
WHERE ({rule}) AND EXISTS (SELECT 1 FROM {table} t WHERE ({theirs}) = ({own}) AND ({rule}))
"""
_SAME = """
SELECT import_line FROM {stage} s
WHERE EXISTS (SELECT 1 FROM {table} t WHERE ({theirs}) = ({own}) AND ({all_theirs}) IS NOT DISTINCT FROM ({all_own}))
"""
_REPEATED = """
SELECT import_line, earlier FROM (
  SELECT import_line, min(import_line) OVER (PARTITION BY {own}) AS earlier
  FROM {stage} s WHERE ({rule}) AND ({own}) IS NOT NULL) found
WHERE earlier < import_line
"""


class UniqueColumns(NamedTuple):
    """Columns that together tell records apart, and the condition (SQL) of those the rule is about."""

    columns: tuple[str, ...]
    condition: str = "true"


class LedgerTable:
    """The table of a ledger's records; and beside it one of a transaction (`stage`), without any rule."""

    def __init__(self, ledger: Ledger, columns: list[str]):
        options, identified = ledger.model._meta, sql.SQL(", ").join
        key = [str(field.column) for field in ledger.columns if field.name in ledger.key]
        self.key = UniqueColumns(tuple(key))
        self._key_is_a_rule = any(
            set(rule.fields) == set(ledger.key) and rule.condition is None
            for rule in options.constraints
            if isinstance(rule, models.UniqueConstraint)
        )
        self._names: dict[str, sql.Composable] = {
            "stage": sql.Identifier("portal_import"),
            "table": sql.Identifier(options.db_table),
            "named": sql.Literal(f'"{options.db_table}"'),
            "pk": sql.Identifier(str(options.pk.column)),
            "key": identified(map(sql.Identifier, key)),
            "columns": identified(map(sql.Identifier, columns)),
        }

    def copy(self, blocks: list[list[str]]) -> int:
        """Put lines into the table; how many. Raises IntegrityError, DataError."""
        [(newest,)] = self._run("SELECT coalesce(max({pk}), 0) FROM {table}")
        self._copy("{table} ({columns})", ("\n".join(block) + "\n" for block in blocks))
        if not self._key_is_a_rule and self._run(_REPEATED_SINCE, newest=sql.Literal(newest)):
            raise IntegrityError("a row has the key of another")
        return sum(map(len, blocks))

    def stage(self, numbered: Iterable[tuple[int, str]]) -> None:
        """Put lines beside the table, each with the number of its row."""
        self._run("DROP TABLE IF EXISTS pg_temp.{stage}")
        self._run(
            "CREATE TEMPORARY TABLE {stage} ON COMMIT DROP AS"
            " SELECT {columns}, 0::bigint AS import_line FROM {table} WITH NO DATA"
        )
        lines = (f"{line}\t{number}\n" for number, line in numbered)
        self._copy("{stage} ({columns}, import_line)", lines)

    def against_checks(self) -> dict[int, str]:
        """Staged rows that a rule of the table refuses, and the rule's name."""
        found: dict[int, str] = {}
        for name, rule in self._run(_CHECKS):
            statement = "SELECT import_line FROM {stage} WHERE ({rule}) IS FALSE"
            for (number,) in self._run(statement, rule=sql.SQL(rule)):
                found.setdefault(number, name)
        return found

    def taken(self, unique: UniqueColumns) -> set[int]:
        """Staged rows of which the table has one with the same columns."""
        return {number for (number,) in self._run(_TAKEN, **_about(unique))}

    def same(self, columns: list[str]) -> set[int]:
        """Staged rows of which the table has one with the same key that says the same in the columns."""
        names = sql.SQL(", ").join
        asked = {
            "all_own": names(sql.Identifier("s", column) for column in columns),
            "all_theirs": names(sql.Identifier("t", column) for column in columns),
        }
        return {number for (number,) in self._run(_SAME, **_about(self.key), **asked)}

    def repeated(self, unique: UniqueColumns) -> dict[int, int]:
        """Staged rows that say again what an earlier one says, and that row's number."""
        return dict(self._run(_REPEATED, **_about(unique)))

    def others(self) -> list[UniqueColumns]:
        """What else but the ledger's key the table wants only once."""
        found = [
            UniqueColumns(tuple(columns), condition) for columns, condition in self._run(_UNIQUE)
        ]
        return [one for one in found if set(one.columns) != set(self.key.columns)]

    def drop(self, numbers: Collection[int]) -> None:
        """Leave staged rows out."""
        statement = "DELETE FROM {stage} WHERE import_line = ANY({numbers})"
        self._run(statement, numbers=sql.Literal([*numbers]))

    def move(self) -> int:
        """Put the staged rows that are left into the table; how many. Raises IntegrityError."""
        with connection.cursor() as cursor:
            cursor.execute(
                self._put(
                    "INSERT INTO {table} ({columns}) SELECT {columns} FROM {stage} ORDER BY import_line"
                )
            )
            return cursor.rowcount

    def _copy(self, into: str, texts: Iterable[str]) -> None:
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(self._put(f"COPY {into} FROM STDIN")) as copy,
        ):
            for text in texts:
                copy.write(text)

    def _put(self, text: str, **names: sql.Composable) -> sql.Composed:
        return sql.SQL(text).format(**self._names, **names)

    def _run(self, text: str, **names: sql.Composable) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(self._put(text, **names))
            return cursor.fetchall() if cursor.description else []


def _about(unique: UniqueColumns) -> dict[str, sql.Composable]:
    names = sql.SQL(", ").join
    return {
        "own": names(sql.Identifier("s", column) for column in unique.columns),
        "theirs": names(sql.Identifier("t", column) for column in unique.columns),
        "rule": sql.SQL(unique.condition),
    }
