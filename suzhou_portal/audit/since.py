"""Whether anything was written since some moment, told by the trail, which misses no write.

A moment is a PostgreSQL snapshot: what it does not see was written later, whenever it began. So two
transactions that are open at once cannot hide each other, and nobody waits for anybody.
"""

from django.db import connection

_NOW = "SELECT pg_current_snapshot()::text"
_WRITTEN = """
SELECT EXISTS (
  SELECT 1 FROM audit_auditentry
  WHERE transaction >= pg_snapshot_xmin(%(moment)s::pg_snapshot)
    AND NOT pg_visible_in_snapshot(transaction, %(moment)s::pg_snapshot)
    AND action IN ('create', 'change', 'delete', 'clear')
)
"""


def this_moment() -> str:
    """The moment before everything that is asked of the database after this."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW)
        return cursor.fetchone()[0]


def anything_written_since(moment: str) -> bool:
    """Whether any record was written that the moment does not see; one short look at an index."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, {"moment": moment})
        return cursor.fetchone()[0]
