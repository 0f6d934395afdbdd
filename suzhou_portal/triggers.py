"""The portal's triggers: declared beside what they serve, and put into the database here alone.

Whoever needs triggers has a file of SQL with their functions and a `Declared`; `migrate` installs all
of them together, and removes what is declared no more.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from psycopg import sql

# How a function called once a statement names the rows that were written, by event.
ROWS = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
}
_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = current_schema()"
)
_PLACED = (
    "SELECT c.relname, t.tgname FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE c.relnamespace = current_schema()::regnamespace"
    " AND obj_description(p.oid, 'pg_proc') = %s"
)
# By this the functions of declared triggers are known once nobody declares them any more.
_MARK = "of declared triggers"
_MARKED = (
    "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
    " AND obj_description(oid, 'pg_proc') = %s"
)
# What the database has of each trigger; its comment says what it had when we put it there.
_STANDING = (
    "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) || t.tgenabled::text,"
    " coalesce(obj_description(t.oid, 'pg_trigger'), '')"
    " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
    " WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal"
)
# Tables that consist of parts, with these.
_PARTS = (
    "SELECT whole.relname, part.relname FROM pg_inherits i"
    " JOIN pg_class whole ON whole.oid = i.inhparent AND whole.relkind = 'p'"
    " JOIN pg_class part ON part.oid = i.inhrelid"
    " WHERE whole.relnamespace = current_schema()::regnamespace"
)
_PUT = "CREATE OR REPLACE TRIGGER {name} {moment} ON {table} {how} EXECUTE FUNCTION {call}({told})"


@dataclass(frozen=True)
class Trigger:
    """A trigger of a table: at which moment (`BEFORE UPDATE`) and how often it calls which function,
    and with which arguments. It needs the table to have this `column`, if one is named. With `each_part`
    it stands on every part of the table as well, for whoever names that.
    """

    table: str
    name: str
    moment: str
    how: str
    function: str
    arguments: tuple[str, ...] = ()
    column: str = ""
    each_part: bool = False

    def on_parts(self, parts: Mapping[str, list[str]]) -> Iterator["Trigger"]:
        """The trigger itself, and as it stands on the parts of its table."""
        yield self
        if self.each_part:
            for part in parts.get(self.table, ()):
                yield replace(self, table=part)

    def put(self) -> sql.Composed:
        """The statement that makes it, or replaces the one of its name."""
        return sql.SQL(_PUT).format(
            name=sql.Identifier(self.name),
            moment=sql.SQL(self.moment),
            table=sql.Identifier(self.table),
            how=sql.SQL(self.how),
            call=sql.Identifier(self.function),
            told=sql.SQL(", ").join(map(sql.Literal, self.arguments)),
        )


@dataclass(frozen=True)
class Declared:
    """Trigger functions, in a file of SQL that can be run again, and every trigger that calls them.

    `into` names the table in which they write, without which no trigger of theirs is put; if it is
    `closed`, the application writes it in no other way.
    """

    functions: Path
    triggers: Callable[[], Iterable[Trigger]]
    into: str = ""
    closed: bool = False


def each_row(
    table: str, function: str, moment: str, *arguments: str, when: str = "", column: str = ""
) -> Trigger:
    """A trigger for each row of which the condition `when` is true."""
    how = f"FOR EACH ROW WHEN ({when})" if when else "FOR EACH ROW"
    return Trigger(table, function, moment, how, function, arguments, column)


def each_statement(table: str, function: str, *arguments: str, **more: str) -> Iterator[Trigger]:
    """Triggers after each statement that writes rows: one an event, since transition tables allow
    no more. `more` adds events, with how they name the rows.
    """
    for event, rows in (ROWS | more).items():
        name, how = f"{function}_{event.lower()}", f"{rows} FOR EACH STATEMENT"
        yield Trigger(table, name, f"AFTER {event}", how, function, arguments)


def install(connection: Any, role: str, declared: Iterable[Declared]) -> None:
    """Put functions and triggers where they are missing or outdated, remove those that nobody
    declares any more, and close tables to `role`, unless it owns them.

    Safe to run again. Raises DatabaseError.
    """
    declared = list(declared)
    with connection.cursor() as cursor:
        for one in declared:
            cursor.execute(one.functions.read_text(encoding="utf-8"))
        cursor.execute(_COLUMNS)
        there = {("", ""), *cursor.fetchall()}
        there |= {(table, "") for table, _ in there}
        parts = _parts(cursor)
        every = [
            (one, trigger)
            for one in declared
            for declared_trigger in one.triggers()
            for trigger in declared_trigger.on_parts(parts)
        ]
        wanted = {
            (trigger.table, trigger.name): trigger
            for one, trigger in every
            if {(one.into, ""), (trigger.table, trigger.column)} <= there
        }
        _remove_former(cursor, {trigger.function for _, trigger in every}, wanted.keys())
        put(cursor, wanted.values())
        # Where the role is the owner itself, nothing can be closed to it.
        closed = role != connection.settings_dict["USER"]
        for whole in [one.into for one in declared if closed and one.closed]:
            for table in {whole, *parts[whole]}:
                if (table, "") in there:
                    cursor.execute(
                        _composed("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}", table, role)
                    )


def _parts(cursor: Any) -> dict[str, list[str]]:
    """By the name of a table the names of its parts, of one without any none."""
    cursor.execute(_PARTS)
    found: dict[str, list[str]] = defaultdict(list)
    for whole, part in cursor.fetchall():
        found[whole].append(part)
    return found


def put(cursor: Any, wanted: Iterable[Trigger]) -> None:
    """Put the triggers that are not there as declared. Each keeps writers out of its table, so the others
    are left alone.
    """
    texts = {(one.table, one.name): one.put().as_string(cursor.connection) for one in wanted}
    cursor.execute(_STANDING)
    there = {(table, name): (seals, text) for table, name, text, seals in cursor.fetchall()}
    changed = [
        key
        for key in texts
        if key not in there or there[key][0] != _seal(texts[key], there[key][1])
    ]
    if not changed:
        return
    for key in changed:
        cursor.execute(texts[key])
    cursor.execute(_STANDING)
    now = {(table, name): text for table, name, text, _ in cursor.fetchall()}
    for table, name in changed:
        seal = _seal(texts[table, name], now[table, name])
        cursor.execute(_composed(f"COMMENT ON TRIGGER {{}} ON {{}} IS '{seal}'", name, table))


def _seal(declared: str, placed: str) -> str:
    """By which a trigger is known again: of what was declared, and of what the database made of it."""
    return hashlib.sha256(f"{declared}\n{placed}".encode()).hexdigest()[:32]


def _remove_former(cursor: Any, called: Set[str], wanted: Set[tuple[str, str]]) -> None:
    for function in sorted(called):
        cursor.execute(_composed(f"COMMENT ON FUNCTION {{}}() IS '{_MARK}'", function))
    cursor.execute(_PLACED, [_MARK])
    for table, name in set(cursor.fetchall()) - wanted:
        cursor.execute(_composed("DROP TRIGGER {} ON {}", name, table))
    cursor.execute(_MARKED, [_MARK])
    for (function,) in cursor.fetchall():
        if function not in called:
            cursor.execute(_composed("DROP FUNCTION {}()", function))


def _composed(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))
