"""Databases of the server as a whole: which there are, whose they are, and who holds them."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql
from psycopg.errors import ObjectInUse

from suzhou_portal.embedded import roles

COPY = "test_portal_"
TEMPLATE = "template_portal_"
_ours: set[str] = set()


@cache
def server() -> psycopg.Connection:
    """This process's connection beside all databases, open as long as the process lives: the locks
    it holds say which copies are its own.
    """
    return _connect()


def execute(statement: str, *names: str) -> None:
    """Run a statement about databases, whose names stand for each {}."""
    server().execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def names(prefix: str) -> list[str]:
    """The databases whose names begin so, the oldest first."""
    found = server().execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid", [prefix]
    )
    return [name for (name,) in found]


def is_there(name: str) -> bool:
    """Whether the server has a database of that name."""
    return names(name) == [name]


@contextmanager
def held(name: str) -> Iterator[None]:
    """Nobody else makes or copies the database of that name meanwhile; waits for whoever does."""
    server().execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    try:
        yield
    finally:
        server().execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def new(source: str | None = None) -> str:
    """The name of a new database of this process: empty, or a copy of the source."""
    name = f"{COPY}{uuid.uuid4().hex[:16]}"
    _ours.add(name)
    server().execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
    if source is None:
        execute("CREATE DATABASE {} TEMPLATE template0", name)
    else:
        execute("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, source)
    # What a test writes need not survive a power cut.
    execute("ALTER DATABASE {} SET synchronous_commit = off", name)
    return name


def drop(*databases: str) -> None:
    """Remove the databases that nobody uses or holds."""
    for name in databases:
        free = server().execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name]).fetchone()
        if free == (True,):
            try:
                execute("DROP DATABASE IF EXISTS {}", name)
            except ObjectInUse:  # its server process has not noticed yet; the next run will drop it
                pass
            finally:
                server().execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def clear() -> None:
    """Remove the copies of processes that are gone; those of others are held, and ours are known."""
    drop(*(name for name in names(COPY) if name not in _ours))


def relax() -> None:
    """The embedded server, which is the tests' own, writes nothing down in time for a power cut."""
    if settings.DATABASES["owner"]["ENGINE"] == "suzhou_portal.embedded":
        with _connect(user=roles.SUPERUSER) as superuser:
            for name in ("fsync", "full_page_writes", "autovacuum"):
                superuser.execute(f"ALTER SYSTEM SET {name} = off")
            superuser.execute("SELECT pg_reload_conf()")


def point(name: str) -> None:
    """Let both roles of this process work in the database of that name."""
    for alias in connections:
        connection = connections[alias]
        if connection.settings_dict["NAME"] != name:
            connection.close()
            connection.settings_dict["NAME"] = name


def _connect(**different: Any) -> psycopg.Connection:
    return psycopg.connect(
        **connections["owner"].get_connection_params() | {"dbname": "postgres"} | different,
        autocommit=True,
    )
