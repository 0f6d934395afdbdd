"""Whether this portal lives and can serve: for load balancers and people on call.

Answered before anything else is asked of a request: by address, over plain HTTP, without a session.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from suzhou_portal.database import asking, schema, writable
from suzhou_portal.errors import method_not_allowed

LOOKED_UP_AGAIN = 60.0  # seconds that a schema which is as it should be is taken for it
LOOKED_UP_SOON = 5.0  # seconds, where it is not
_COLUMNS = (
    "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    " WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v')"
    " AND a.attnum > 0 AND NOT a.attisdropped"
)
Told = dict[str, str]
UNKNOWN = "unknown"


@dataclass
class _Schema:
    """What was found of the schema, and until when that counts."""

    told: Told
    until: float = 0.0


_schema = _Schema({})


def answers_probes(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware above those that look at hosts, schemes and sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return method_not_allowed(["GET", "HEAD"])
        request.group = request.path_info  # type: ignore[attr-defined]
        told, well = probe()
        return JsonResponse(
            told, status=200 if well else 503, headers={"Cache-Control": "no-store"}
        )

    return middleware


def livez() -> tuple[Told, bool]:
    """That this process answers."""
    return {"process": "ok"}, True


def readyz() -> tuple[Told, bool]:
    """Whether a write is taken, the schema is as the code expects, and there is room on the disk."""
    told = _database() | {"disk": "ok" if writable.has_room() else "low"}
    return told, {*told.values()} <= {"ok", "applied"}


PROBES = {"/livez": livez, "/readyz": readyz, "/healthz": readyz}


def _database() -> Told:
    told = {"database": "unreachable", "writes": UNKNOWN, "migrations": UNKNOWN, "columns": UNKNOWN}
    try:
        told |= {"database": "ok", "writes": asking.at_once(_writes)}
        told |= _found()
    except (OperationalError, InterfaceError):
        return told | {"database": "unreachable"}
    except DatabaseError:
        return told | {"database": "refused"}
    return told


def _writes() -> str:
    """`ok` where a row was written; else that it was refused. Raises OperationalError without a database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT portal_proved()")
            return "ok" if cursor.fetchone() == (True,) else "refused"
    except DatabaseError as error:
        gone = isinstance(error, OperationalError | InterfaceError)
        if gone and not writable.refused(error):
            raise
        return "refused"


def _found() -> Told:
    """What is known of the schema, looked up again at most once a minute. Raises DatabaseError."""
    if time.monotonic() >= _schema.until:
        told = {
            "migrations": "applied" if schema.expected() <= _applied() else "pending",
            "columns": "ok" if _columns() <= _there() else "missing",
        }
        well = {*told.values()} <= {"ok", "applied"}
        _schema.told = told
        _schema.until = time.monotonic() + (LOOKED_UP_AGAIN if well else LOOKED_UP_SOON)
    return _schema.told


def forget() -> None:
    """Look the schema up at the next probe."""
    _schema.until = 0.0


@cache
def _columns() -> frozenset[tuple[str, str]]:
    """Every table and column that this process's models read."""
    return frozenset(
        (model._meta.db_table, str(field.column))
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for field in model._meta.concrete_fields
    )


def _applied() -> set[tuple[str, str]]:
    """What the database says was applied; nothing where it has no such table. Raises DatabaseError."""
    if ("django_migrations", "name") not in _there():
        return set()
    return {*_rows("SELECT app, name FROM django_migrations")}


def _there() -> set[tuple[str, str]]:
    return {*_rows(_COLUMNS)}


def _rows(statement: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
