"""Putting a dump in place of what a database holds, as one transaction: all of it, or nothing."""

import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.contrib.auth import get_user_model
from django.db import connections
from psycopg import sql

from suzhou_portal.areas.models import Area
from suzhou_portal.keeping import programs
from suzhou_portal.keeping.errors import KeepingError
from suzhou_portal.keeping.packs import DUMP, BackupFile, pieces
from suzhou_portal.keeping.passing import passing

# What is in the schema goes and the schema stays, with what others may do in it; what belongs to an
# extension stays too.
EMPTY = """
DO $$
DECLARE statement text;
BEGIN
  FOR statement IN
    SELECT format('DROP %s IF EXISTS public.%I CASCADE', CASE relkind WHEN 'v' THEN 'VIEW'
      WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,
      relname) -- which of what went with another is still to be read
    FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r','p','v','m','S','c')
      AND NOT EXISTS (SELECT FROM pg_depend
        WHERE objid = c.oid AND objsubid = 0 AND deptype IN ('e', 'i'))
  LOOP EXECUTE statement; END LOOP;
  FOR statement IN
    SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
    FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
  LOOP EXECUTE statement; END LOOP;
  FOR statement IN
    SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype)
    FROM pg_type t WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')
      AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = t.oid AND deptype IN ('e', 'i'))
  LOOP EXECUTE statement; END LOOP;
END $$;
"""
_COUNTED = """
DO $$ BEGIN IF (SELECT count(*) FROM {table}) <> {count} THEN
  RAISE EXCEPTION USING MESSAGE = {message};
END IF; END $$;
"""
_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
)
# Of the dump's list of contents: the schema itself, which is there, and what is said of it.
_SCHEMA = re.compile(rb"^\d+; \d+ \d+ (?:COMMENT - )?SCHEMA ")
_SETTING = re.compile(rb"^SET (\w+) = .*;$")
_LOOKS = 15
_HEADER = 64  # lines at the beginning of what pg_restore writes


def in_use() -> int:
    """How many other connections to the database there are that do not end within moments: the server
    notices a little later that a program has gone.
    """
    with connections["owner"].cursor() as cursor:
        for _ in range(_LOOKS):
            cursor.execute(_OTHERS)
            [(count,)] = cursor.fetchall()
            if not count:
                break
            time.sleep(0.2)
        return count


def holds_records() -> bool:
    """Whether anybody has an account in the database, or a division stands there, as with any record."""
    tables = connections["owner"].introspection.table_names()
    return any(
        model._base_manager.using("owner").exists()
        for model in (Area, get_user_model())
        if model._meta.db_table in tables
    )


def put(backup: BackupFile) -> None:
    """Replace all that the database's schema `public` holds by the dump, and commit it only if every
    table has as many rows as the manifest says. Raises KeepingError; then nothing has changed.

    A script for psql, and not pg_restore by itself: a setting that an older server does not know can be
    left out of it. Whoever is killed on the way has not sent COMMIT.
    """
    told = int(backup.manifest["pg_dump"])
    reading = programs.program("pg_restore", told)
    writing = programs.program("psql", programs.server_major())
    where, _ = programs.reaching()
    known = _settings()
    connections.close_all()
    quiet = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", f"--dbname={where}")
    with (
        _extracted(backup) as (dump, contents),
        programs.running(writing, *quiet, stdin=subprocess.PIPE) as into,
    ):
        assert into.stdin is not None  # noqa: S101 - it is piped
        into.stdin.write(b"BEGIN;\n" + EMPTY.encode())
        _list(reading, dump, contents)
        script = ("--no-owner", "--no-privileges", "-L", str(contents), "-f", "-", str(dump))
        with programs.running(reading, *script, stdout=subprocess.PIPE) as out:
            assert out.stdout is not None  # noqa: S101 - it is piped
            _copy(out.stdout, into.stdin, known)
        into.stdin.write(_counted(backup.manifest["rows"]).encode())
        into.stdin.write(b"COMMIT;\n")


@contextmanager
def _extracted(backup: BackupFile) -> Iterator[tuple[Path, Path]]:
    """The dump as a file of its own, and a place for its list of contents."""
    with passing("portal-dump-") as folder:
        dump = folder / DUMP
        try:
            with backup.open(DUMP) as source, dump.open("wb") as target:
                for piece in pieces(source):
                    target.write(piece)
        except OSError as error:
            raise KeepingError(f"临时文件夹 {folder} 写不下：{error.strerror}。") from error
        yield dump, dump.with_suffix(".list")


def _list(reading: Path, dump: Path, contents: Path) -> None:
    with programs.running(reading, "-l", str(dump), stdout=subprocess.PIPE) as process:
        assert process.stdout is not None  # noqa: S101 - it is piped
        contents.write_bytes(b"".join(one for one in process.stdout if not _SCHEMA.match(one)))


def _copy(script: IO[bytes], into: IO[bytes], known: set[str]) -> None:
    """Pass the script on, but for settings that this server does not know."""
    for _ in range(_HEADER):
        line = script.readline()
        setting = _SETTING.match(line.strip())
        if not setting or setting[1].decode() in known:
            into.write(line)
        if line.startswith(b"CREATE"):
            break
    for piece in pieces(script):
        into.write(piece)


def _counted(rows: Mapping[str, int]) -> str:
    whole = sql.SQL("").join(
        sql.SQL(_COUNTED).format(
            table=sql.Identifier("public", table),
            count=sql.Literal(count),
            message=sql.Literal(f"{table} 的行数与清单不符"),
        )
        for table, count in rows.items()
    )
    return whole.as_string()


def _settings() -> set[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        return {name for (name,) in cursor.fetchall()}
