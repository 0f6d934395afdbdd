"""Whether this portal can serve: for load balancers and people on call."""

import logging
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, ProgrammingError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)


@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and all migrations are applied, else 503."""
    try:
        pending = _expected() - _applied()
    except DatabaseError:
        logger.exception("healthz: the database can't be reached")
        return JsonResponse({"database": "unreachable", "migrations": "unknown"}, status=503)
    state = {"database": "ok", "migrations": "pending" if pending else "applied"}
    return JsonResponse(state, status=503 if pending else 200)


@cache
def _expected() -> frozenset[tuple[str, str]]:
    """Every migration of the code that this process runs; read from its files once."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _applied() -> set[tuple[str, str]]:
    """What the database says was applied; nothing where it has no such table. Raises DatabaseError."""
    try:
        return {*MigrationRecorder.Migration.objects.values_list("app", "name")}
    except ProgrammingError:
        return set()
