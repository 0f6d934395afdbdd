"""The triggers that mark what is written in every table a figure depends on; and removing what a
restore has brought from another database cluster, where transactions were counted otherwise.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from suzhou_portal.figures.kept.models import Touched
from suzhou_portal.figures.kept.sources import tables
from suzhou_portal.triggers import Declared, Trigger, each_statement

_FOREIGN = (
    "DELETE FROM figures_kept k USING pg_control_system() c WHERE k.cluster <> c.system_identifier",
    # Of a transaction yet to come: such a mark would make values stale until then.
    "DELETE FROM figures_touched WHERE transaction > pg_current_xact_id()",
)


def _triggers() -> Iterator[Trigger]:
    for table, (area_column, anywhere) in tables().items():
        yield from each_statement(table, "portal_touched", area_column, str(anywhere), TRUNCATE="")


def remove_foreign(connection: Any) -> None:
    """Remove what was kept and marked in another cluster. Raises DatabaseError."""
    if Touched._meta.db_table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for foreign in _FOREIGN:
                cursor.execute(foreign)


DECLARED = Declared(Path(__file__).with_suffix(".sql"), _triggers, into=Touched._meta.db_table)
