"""`python -m bench.distribution`: what keeps the tables from being spread over several machines by district, asked
of the catalogue and of the records of the portal's own database. Prints Markdown (docs/scale.md says what follows).

A table is spread if its rows stand in a district: by a column of their own, or by what they belong to. To be spread
it needs that district in every unique key, in every reference to another table that is spread, and no trigger that sees
all rows of a statement, since each machine sees its own only.
"""

import os
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suzhou_portal.settings")
django.setup()

from django.db import connections  # noqa: E402 - after the setup
from psycopg import sql  # noqa: E402

PLACES = ("area_id", "area_code")  # how a column is called that says where a row stands
LENGTH = 6  # of a district's code
AREAS = "areas_area"
_COLUMNS = (
    "SELECT c.relname, a.attname, a.attnotnull FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
    " AND a.attnum > 0 AND NOT a.attisdropped"
)
_REFERENCES = (  # of those of several columns the one that names the row
    "SELECT o.conrelid::regclass::text, a.attname, o.confrelid::regclass::text, a.attnotnull"
    " FROM pg_constraint o CROSS JOIN unnest(o.conkey, o.confkey) AS pair (ours, theirs)"
    " JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = ours"
    " JOIN pg_attribute b ON b.attrelid = o.confrelid AND b.attnum = theirs"
    " WHERE o.contype = 'f' AND o.conparentid = 0 AND (cardinality(o.conkey) = 1 OR b.attname = 'id')"
    " ORDER BY 1, 2"
)
_UNIQUE = (
    "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text FROM pg_index i"
    " JOIN pg_class c ON c.oid = i.indrelid WHERE (i.indisunique OR i.indisexclusion)"
    " AND c.relnamespace = 'public'::regnamespace AND NOT c.relispartition ORDER BY 1, 2"
)
_TRIGGERS = (
    "SELECT t.tgrelid::regclass::text, t.tgname, t.tgnewtable IS NOT NULL OR t.tgoldtable IS NOT NULL"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE NOT t.tgisinternal AND NOT c.relispartition ORDER BY 1, 2"
)
# References of records to records of another district, which no foreign key of several machines could hold.
_ASTRAY = (
    "SELECT count(*) FROM {table} a JOIN {target} b ON a.{column} = b.{key}"
    " WHERE left(a.{place}, {length}) <> left(b.{there}, {length})"
)


@dataclass
class Table:
    """A table: by which column its rows stand in a district, blank where none says so; or of which row they
    are a part, by which column of theirs. With neither it is whole on every machine.
    """

    name: str
    place: str = ""
    part_of: str = ""
    by: str = ""
    may_be_blank: bool = False
    unique: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)  # triggers that see all rows of a statement
    single: list[str] = field(default_factory=list)  # all other triggers
    references: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_spread(self) -> bool:
        """Whether its rows would stand on different machines."""
        return bool(self.place or self.part_of)


def read(cursor: Any) -> dict[str, Table]:
    """Every table, by its name."""
    tables: dict[str, Table] = {}
    for name, column, filled in _asked(cursor, _COLUMNS):
        table = tables.setdefault(name, Table(name))
        if column in PLACES and name != AREAS:
            table.place, table.may_be_blank = column, not filled
    owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, column, target, filled in _asked(cursor, _REFERENCES):
        tables[name].references.append((column, target))
        if filled:
            owners[name].append((column, target))
    _find_parts(tables, owners)
    for name, index in _asked(cursor, _UNIQUE):
        tables[name].unique.append(index)
    for name, trigger, sees_all in _asked(cursor, _TRIGGERS):
        (tables[name].whole if sees_all else tables[name].single).append(trigger)
    return tables


def _asked(cursor: Any, statement: str) -> list[Any]:
    cursor.execute(statement)
    return cursor.fetchall()


def _find_parts(tables: dict[str, Table], owners: dict[str, list[tuple[str, str]]]) -> None:
    """Rows without a place of their own stand where the row is to which they always belong."""
    found = True
    while found:
        found = False
        for name, columns in owners.items():
            belongs = [(by, target) for by, target in columns if tables[target].is_spread]
            if belongs and not tables[name].is_spread and name != AREAS:
                tables[name].by, tables[name].part_of = belongs[0]
                found = True


def astray(cursor: Any, tables: dict[str, Table]) -> dict[tuple[str, str], int]:
    """Of each reference between tables with a place: how many rows refer to another district's."""
    counts = {}
    for table in tables.values():
        for column, target in table.references:
            there = tables[target].place
            if not (table.place and there) or column == table.place:
                continue
            told = {
                "table": table.name, "target": target, "column": column, "key": "id",
                "place": table.place, "there": there,
            }  # fmt: skip
            names = {key: sql.Identifier(one) for key, one in told.items()}
            cursor.execute(sql.SQL(_ASTRAY).format(length=sql.Literal(LENGTH), **names))
            counts[table.name, column] = cursor.fetchone()[0]
    return counts


HEADINGS = (
    "table", "its rows stand", "unique keys", "references", "triggers of a statement", "other triggers",
)  # fmt: skip


def text(tables: dict[str, Table], wrong: dict[tuple[str, str], int]) -> str:
    """The report."""
    spread = sorted((one for one in tables.values() if one.is_spread), key=lambda one: one.name)
    whole = sorted(one.name for one in tables.values() if not one.is_spread)
    back = sorted(
        f"- {name}.{column} → {to}"
        for name in whole
        for column, to in tables[name].references
        if tables[to].is_spread
    )
    astray = [f"- {table}.{by}: {count}" for (table, by), count in wrong.items() if count]
    lines = [
        f"{len(tables)} tables: {len(spread)} spread by district, {len(whole)} whole on every machine.",
        "",
        *_rows(tables, spread),
        "",
        f"Whole: {', '.join(whole)}.",
        "",
        "From a table that is whole to one that is spread (must go, or the table be spread):",
        "",
        *(back or ["- none"]),
        "",
        "Rows that refer to another district's:",
        "",
        *(astray or [f"- none, of {len(wrong)} references asked"]),
    ]
    return "\n".join(lines)


def _rows(tables: dict[str, Table], spread: list[Table]) -> list[str]:
    """A table of the tables that are spread, with the sums."""
    counts = {
        one.name: (
            len(one.unique), sum(tables[to].is_spread for _, to in one.references),
            len(one.whole), len(one.single),
        )
        for one in spread
    }  # fmt: skip
    sums = map(sum, zip(*counts.values(), strict=True))
    cells: list[tuple[object, ...]] = [HEADINGS, ("---",) * len(HEADINGS)]
    cells += [(one.name, _place(one), *counts[one.name]) for one in spread]
    return [f"| {' | '.join(map(str, row))} |" for row in [*cells, ("all", "", *sums)]]


def _place(table: Table) -> str:
    place = f"`{table.place}`" if table.place else f"as `{table.part_of}`, by `{table.by}`"
    return place + (" (may be blank)" if table.may_be_blank else "")


def main() -> None:
    """Print what is found in the database of the environment."""
    with connections["owner"].cursor() as cursor:
        tables = read(cursor)
        print(text(tables, astray(cursor, tables)))  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
