"""Whether this portal can serve: for load balancers and people on call."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)


@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and all migrations are applied, else 503."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        logger.exception("healthz: the database can't be reached")
        return JsonResponse({"database": "unreachable", "migrations": "unknown"}, status=503)
    state = {"database": "ok", "migrations": "pending" if pending else "applied"}
    return JsonResponse(state, status=503 if pending else 200)
