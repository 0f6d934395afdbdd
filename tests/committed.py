"""A database in which what a test writes stays, for tests with more than one connection."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, transaction

from suzhou_portal.audit.models import AuditEntry

KEPT = {ContentType, *apps.get_app_config("auth").get_models()}


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """What is written is seen by other connections, and is gone after the test.

    `django_db(transaction=True)` would not do: it flushes no mirror, which `default` is, and the
    owner's TRUNCATE is refused by the trail.
    """
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            _clear()
            connections.close_all()


def _clear():
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("SELECT set_config('portal.retention', 'on', true)")
        models = apps.get_models(include_auto_created=True)
        # Foreign keys are checked at the end; the trail goes last, since deleting writes to it.
        for model in sorted(models, key=lambda model: model is AuditEntry):
            if model not in KEPT:
                model._base_manager.using("owner")._raw_delete("owner")
