"""Making a backup: one moment of the database, and every file that it refers to then."""

import io
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from psycopg import sql

from suzhou_portal.database import schema
from suzhou_portal.database.alone import alone
from suzhou_portal.keeping import packs, programs, stored
from suzhou_portal.keeping.errors import KeepingError

ATTEMPTS = 5
ALONE = "portal_backup"
_TABLES = (
    "SELECT relname FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname"
)

_COUNT = sql.SQL("SELECT count(*) FROM {}")


@dataclass
class Made:
    """A backup that was written. `missing` are files that records refer to and the storage has lost."""

    path: Path
    rows: int = 0
    files: int = 0
    missing: list[str] = field(default_factory=list)


def make(path: Path) -> Made:
    """Write a backup while the portal is used; nobody waits for it. Raises KeepingError."""
    dumping = programs.program("pg_dump", programs.server_major())
    with alone(ALONE, waits=_another), stored.holding() as held, packs.written(path) as pack:
        told, names = _moment(pack, held, dumping)
        missing = told["missing"]
        for name in sorted({*names} - {*missing}):
            with held.path(name).open("rb") as file:
                pack.add(packs.UPLOADS + name, file)
        pack.add(packs.KEY, io.BytesIO(settings.SECRET_KEY.encode()))
        pack.finish(told)
    return Made(path, sum(told["rows"].values()), len(names) - len(missing), missing)


def version() -> str:
    """The portal's own version."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["version"]


def _moment(
    pack: packs.PackWriter, held: stored.HeldFiles, dumping: Path
) -> tuple[dict[str, Any], dict[str, stored.Named]]:
    """Dump a moment of the database of which all files are held; what is to be told of it, and the files.

    A file that came and went between two looks begins it anew; one that is missing twice is lost.
    """
    before: set[str] | None = None
    for _ in range(ATTEMPTS):
        held.take_all()
        with _snapshot() as snapshot:
            names = stored.named("owner")
            missing = held.missing(names)
            if not missing or missing == before:
                _dump(pack, dumping, snapshot)
                by = programs.version_of(dumping)
                return {**_told(), "pg_dump": by, "missing": sorted(missing)}, names
        before = missing
    raise KeepingError(f"附件变动太快，{ATTEMPTS}次都没有取到一致的状态，没有备份；请稍后再试。")


def _another() -> None:
    raise KeepingError("另一个备份正在进行，这一次没有备份。")


@contextmanager
def _snapshot() -> Iterator[str]:
    """A moment of the database that pg_dump can share, by its name."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def _dump(pack: packs.PackWriter, dumping: Path, snapshot: str) -> None:
    where, _ = programs.reaching()
    asked = (
        "--format=custom", "--no-owner", "--no-privileges", "--schema=public",
        f"--snapshot={snapshot}", f"--dbname={where}",
    )  # fmt: skip
    with programs.running(dumping, *asked, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - it is piped
        pack.add(packs.DUMP, process.stdout)


def _told() -> dict[str, Any]:
    """What the manifest says of the moment."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_TABLES)
        rows = {}
        for (table,) in cursor.fetchall():
            cursor.execute(_COUNT.format(sql.Identifier("public", table)))
            [(rows[table],)] = cursor.fetchall()
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        known = schema.known()
        # One that nobody knows any more is no sign of a newer portal.
        applied = [one for one in cursor.fetchall() if one in known]
        cursor.execute("SELECT pg_database_size(current_database())")
        [(size,)] = cursor.fetchall()
    return {
        "portal": version(),
        "moment": timezone.now().isoformat(),
        "postgresql": programs.server_major(),
        "area": settings.PORTAL_AREA,
        "migrations": applied,
        "rows": rows,
        "database_bytes": size,
    }
