"""The demonstration, made once for a module of tests and rolled back after it."""

import pytest
from django.core.management import call_command
from django.db import transaction

from suzhou_portal.figures.models import Demonstration


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The portal's area with its demonstration records."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0, stdout=_Quiet())
        call_command("seed_demo", stdout=_Quiet())
        yield Demonstration.objects.get()
        transaction.set_rollback(True)


class _Quiet:
    def write(self, text):
        """Swallow it."""

    def flush(self):
        """Nothing is kept back."""
