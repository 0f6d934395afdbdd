"""Django's migrate, as the owner of the database; then the application's rights and our triggers.

One at a time, however many begin, and nothing of it waits long behind what people are doing.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from psycopg import errors, sql

from suzhou_portal import reloading, triggers
from suzhou_portal.audit import parts
from suzhou_portal.audit import triggers as trail
from suzhou_portal.database import schema
from suzhou_portal.database.alone import alone
from suzhou_portal.figures.kept import sources, upkeep
from suzhou_portal.files.closing import close_to_others
from suzhou_portal.lifecycle import authors
from suzhou_portal.lifecycle import triggers as steps

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)
PATIENCE = "10s"  # that a change of tables waits for whoever writes there, and others behind it
WAITS = "另一个进程正在准备这个数据库，等它结束……"
BUSY = (
    f"有人正在使用要改动的表，等了{PATIENCE[:-1]}秒没有等到。还没有做的改动都没有做，"
    "已经做的仍然有效；请稍后再运行一次（导入大文件时请等它结束）。"
)
NEWER = "数据库由更新的版本升级过（{}），这个版本不能使用它，没有做任何改动。请安装那个版本，或恢复升级以前的备份。"


class Command(migrate.Command):
    """Django's command, with `owner` as the default database."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, **options):
        using = options["database"]
        with preparing(self.stderr.write, using), _patiently(connections[using]):
            require_known(connections[using])
            with reloading.only_what_changes():
                super().handle(*args, **options)
            self._finish(connections[using])

    def _finish(self, connection):
        role = connections["default"].settings_dict["USER"]
        if role != connection.settings_dict["USER"]:
            with connection.cursor() as cursor:
                for grant in GRANTS:
                    cursor.execute(sql.SQL(grant).format(role=sql.Identifier(role)))
        triggers.install(connection, role, declared())
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            parts.make(cursor, timezone.localdate())
        upkeep.remove_foreign(connection)
        close_to_others()


def declared() -> list[triggers.Declared]:
    """All triggers of the portal, and their functions."""
    return [trail.declared(sources.tables()), steps.DECLARED, authors.DECLARED]


def preparing(say: Callable[[str], object], using: str = "owner") -> AbstractContextManager[None]:
    """Nobody else prepares the database meanwhile; says so where it has to wait."""
    return alone("portal_prepares", using, lambda: say(WAITS))


@contextmanager
def _patiently(connection: Any) -> Iterator[None]:
    """While it lasts, what waits for a lock gives up in time. Raises CommandError where it does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, errors.LockNotAvailable):
            raise CommandError(BUSY) from error
        raise
    finally:
        if connection.connection is not None and not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")


def require_known(connection: Any) -> None:
    """Raise CommandError where a later version of the portal has changed the tables, before anything is."""
    known = schema.known()
    ours = {app for app, _ in known}
    unknown = {*MigrationRecorder(connection).applied_migrations()} - known
    later = sorted(f"{app}.{name}" for app, name in unknown if app in ours)
    if later:
        more = f"等{len(later)}项" if len(later) > 3 else ""
        raise CommandError(NEWER.format("、".join(later[:3]) + more))
