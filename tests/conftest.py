"""Fixtures of all tests."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings

from suzhou_portal.figures.loader import read_published
from tests.factories.accounts import UserFactory

# The same examples every time, however slow the machine.
hypothesis_settings.register_profile("portal", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("portal")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """The owner's test database, which `default` mirrors under its own role.

    pytest-django's own fixture sets up only the aliases that tests name, which is `default`; the
    mirror would then show the owner's real database.
    """
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        connections.close_all()
        teardown_databases(databases, verbosity=0)


@pytest.fixture
def reference(db):
    """The divisions and published values of the portal's area."""
    call_command("load_reference", stdout=io.StringIO())


@pytest.fixture(scope="session")
def as_of():
    """The latest date of a published value."""
    files = (settings.PORTAL_SEEDS / "published").glob("*.csv")
    return max(value.as_of for file in files for value in read_published(file))


@pytest.fixture
def clerk(db):
    """Somebody who may do everything in the admin."""
    return UserFactory(is_superuser=True)


@pytest.fixture
def clerk_client(clerk):
    """A browser in which the clerk is signed in; `client` stays anonymous."""
    browser = Client()
    browser.force_login(clerk)
    return browser
