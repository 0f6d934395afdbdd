"""Fixtures of all tests."""

import gc
import os
from functools import partial

import pytest
from _pytest import runner
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import connections
from django.test import Client
from hypothesis import settings as hypothesis_settings

from suzhou_portal.desks.models import DraftFile
from suzhou_portal.figures.loader import read_published
from suzhou_portal.figures.models import Demonstration
from suzhou_portal.files.models import Attachment
from suzhou_portal.imports.models import Job
from tests.committed import clear
from tests.databases import copies
from tests.factories.accounts import UserFactory
from tests.roomy import roomy

ORDER = [None, copies.EMPTY, *copies.ASKED]

# The same examples every time, however slow the machine.
hypothesis_settings.register_profile("portal", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("portal")


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment):
    """The databases of `tests/databases` instead of pytest-django's own."""
    yield
    connections.close_all()
    copies.drop()


def pytest_collection_modifyitems(items):
    """Whatever the order: what needs no database first, and last what waits longest for its own."""
    items.sort(key=lambda item: ORDER.index(copies.asked_by(item)))


def pytest_collection_finish(session):
    """One process makes the templates that are missing, while tests begin that do not need them."""
    gc.freeze()  # all that was imported stays, and need not be looked through again and again
    asked = {copies.asked_by(item) for item in session.items} - {None}
    first = os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0"
    if asked and first and not session.config.option.collectonly:
        copies.prepare(asked)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Each test with its fixtures, as ever."""
    return roomy(partial(runner.pytest_runtest_protocol, item, nextitem))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Each test works in a copy of the template it asks for, and is rolled back there."""
    if asked := copies.asked_by(item):
        copies.work_in(asked)


@pytest.fixture
def reference(db):
    """The divisions and published values of the portal's area."""


@pytest.fixture
def demonstration(db):
    """The portal's area with its demonstration records."""
    return Demonstration.objects.get()


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """An empty database in which what is written is seen by other connections, and gone afterwards.

    `django_db(transaction=True)` would not do: it flushes no mirror, which `default` is, and the
    owner's TRUNCATE is refused by the trail.
    """
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            clear()
            connections.close_all()


@pytest.fixture(autouse=True)
def no_processes(monkeypatch):
    """Long imports wait until a test carries them out: a process of theirs knows no test's database."""
    monkeypatch.setattr("suzhou_portal.imports.jobs.start", lambda: None)


@pytest.fixture
def kept_in(monkeypatch, tmp_path):
    """Files that are kept with records go where they vanish; the folder."""
    for model in (Attachment, DraftFile, Job):
        field = model._meta.get_field("file")
        monkeypatch.setattr(field, "storage", FileSystemStorage(location=tmp_path))
    return tmp_path


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
