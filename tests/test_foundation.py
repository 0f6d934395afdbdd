"""What the tests stand on: their settings, their two database roles, their factories."""

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, connections, transaction

from suzhou_portal.embedded import roles
from tests.factories import every_factory

pytestmark = pytest.mark.django_db

embedded_only = pytest.mark.skipif(
    settings.DATABASES["default"]["USER"] == settings.DATABASES["owner"]["USER"],
    reason="DATABASE_URL serves both roles",
)


def test_settings_are_those_of_tests():
    backend = settings.STORAGES["staticfiles"]["BACKEND"]
    assert backend == "django.contrib.staticfiles.storage.StaticFilesStorage"


@embedded_only
def test_default_is_the_application_in_the_owners_test_database():
    name = connections["owner"].settings_dict["NAME"]
    assert name.startswith("test_")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_database()")
        assert cursor.fetchone() == (roles.APP, name)


@embedded_only
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE intruder (id int)",
        "DROP TABLE areas_area CASCADE",
        "ALTER TABLE areas_area ADD COLUMN intruder int",
        "TRUNCATE areas_area CASCADE",
        "ALTER TABLE areas_area DISABLE TRIGGER ALL",
    ],
)
def test_the_application_changes_no_table(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize("factory", every_factory(), ids=lambda factory: factory.__name__)
def test_factories_make_valid_records(factory):
    factory().full_clean()
    factory(**getattr(factory, "_elsewhere", {})).full_clean()
