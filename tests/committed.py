"""A database in which what a test writes stays, for tests with more than one connection."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections, transaction

from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.caching import followed
from suzhou_portal.reporting import definitions

KEPT = {ContentType, *apps.get_app_config("auth").get_models()}


def clear():
    """Remove every record that was committed, and what this process remembers of them."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('portal.retention', 'on', true)")
        cursor.execute("SELECT set_config('portal.clearing', 'on', true)")
        models = apps.get_models(include_auto_created=True)
        # Foreign keys are checked at the end; the trail goes last, since deleting writes to it.
        for model in sorted(models, key=lambda model: model is AuditEntry):
            if model not in KEPT:
                model._base_manager.using("owner")._raw_delete("owner")
        definitions.record("owner")  # as migrations leave them
        AuditEntry.objects.using("owner")._raw_delete("owner")
    followed.forget()


def apart(act):
    """What the act returns, over a connection of its own, as in another process."""
    try:
        return act()
    finally:
        connections.close_all()


def wait_for(count):
    """Until so many connections wait for a lock."""
    asked = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    for _ in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(asked)
            if cursor.fetchone()[0] == count:
                return
        time.sleep(0.01)
    pytest.fail("they never met")


def both(held, *acts):
    """What comes of acts that start while the record is held, and go on when it is let go.

    Django tells every test client of every template rendered, so only texts tell the answers apart.
    """
    with ThreadPoolExecutor(len(acts)) as threads:
        with transaction.atomic():
            type(held).objects.select_for_update().get(pk=held.pk)
            started = [threads.submit(apart, act) for act in acts]
            wait_for(len(acts))
        return [one.result() for one in started]
