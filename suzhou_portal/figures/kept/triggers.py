"""Putting the triggers that mark what is written on every table a figure depends on; and removing
what a restore has brought from another database cluster, where transactions were counted otherwise.
"""

from pathlib import Path
from typing import Any

from suzhou_portal.audit.triggers import EVENTS
from suzhou_portal.figures.kept.models import Touched
from suzhou_portal.figures.kept.sources import tables

PREFIX = "portal_touched_"
_PLACED = "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE starts_with(tgname, %s)"

_FOREIGN = (
    "DELETE FROM figures_kept k USING pg_control_system() c WHERE k.cluster <> c.system_identifier",
    # Of a transaction yet to come: such a mark would make values stale until then.
    "DELETE FROM figures_touched WHERE transaction > pg_current_xact_id()",
)


def install(connection: Any) -> None:
    """Put function and triggers where they are missing or outdated, and remove what does not belong
    to this database or to any figure. Safe to run again.
    """
    there = set(connection.introspection.table_names())
    if Touched._meta.db_table not in there:
        return
    wanted = {table: how for table, how in tables().items() if table in there}
    with connection.cursor() as cursor:
        cursor.execute(Path(__file__).with_name("triggers.sql").read_text(encoding="utf-8"))
        for foreign in _FOREIGN:
            cursor.execute(foreign)
        cursor.execute(_PLACED, [PREFIX])
        for table, name in cursor.fetchall():
            if table.strip('"') not in wanted:
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
        for table, (area_column, anywhere) in wanted.items():
            for event in EVENTS:
                cursor.execute(_trigger(table, event, area_column, anywhere=anywhere))


def _trigger(table: str, event: str, area_column: str, *, anywhere: bool) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {PREFIX}{event.lower()} AFTER {event}"
        f' ON "{table}" {EVENTS[event]}'
        f" FOR EACH STATEMENT EXECUTE FUNCTION portal_touched('{area_column}', '{anywhere}')"
    )
