"""Whether the database lets as many in as the portal needs."""

from django.db import connection

BESIDES = 6  # the queue's worker and its lock, a long import, a command at night and its owner's connection, a backup
_ALLOWED = (
    "SELECT least(current_setting('max_connections')::int"
    " - current_setting('superuser_reserved_connections')::int,"
    " (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),"
    " (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()))"
)


def shortage(threads: int) -> str:
    """What to tell whoever starts a portal of so many threads where the database allows fewer connections
    than they may need at once; blank where it is enough. Raises DatabaseError.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ALLOWED)
        allowed: int = cursor.fetchone()[0]
    needed = threads + BESIDES
    if needed <= allowed:
        return ""
    return (
        f"注意：数据库只允许{allowed}个连接，门户忙时需要{needed}个（WORKERS × 每个进程的线程数 + {BESIDES}），"
        "不够时页面会变慢，甚至打不开。请调大数据库的 max_connections 或该用户的连接上限，或减少 WORKERS。"
    )
