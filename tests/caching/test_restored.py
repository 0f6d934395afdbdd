"""A running portal notices that its database was put back from a backup, without a restart."""

import subprocess

import pytest
from django.db import connection, connections
from django.test import Client, RequestFactory

from organizations.models import SocialOrganization
from suzhou_portal.audit.models import Touched
from suzhou_portal.caching import followed
from suzhou_portal.embedded.cluster import binaries
from suzhou_portal.keeping.database import EMPTY
from tests.databases import server
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.organizations import SocialOrganizationFactory

BEFORE, AFTER, ADDED = "备份时的名字", "备份后的名字", "备份后新增的"


@pytest.fixture
def portal(committed):
    """A community with an organization, seen by other connections."""
    followed.forget()
    AreaFactory(code=DISTRICT)
    SocialOrganizationFactory(area=AreaFactory(code=COMMUNITY), name=BEFORE)


def remembered(key="names"):
    """The names of organizations, within a request."""
    asked = SocialOrganization.objects.order_by("pk").values_list("name", flat=True)
    handler = followed.follows_marks(
        lambda request: followed.remembered(key, [SocialOrganization], lambda: list(asked.all()))
    )
    return handler(RequestFactory().get("/"))


def shown():
    """How many organizations a visitor is told of."""
    values = Client().get(f"/data/figures.json?area={DISTRICT}").json()
    return next(row["value"] for row in values if row["key"] == "organizations")


def write_on():
    SocialOrganization.objects.update(name=AFTER)
    SocialOrganizationFactory(area_id=COMMUNITY, name=ADDED)
    assert remembered() == [AFTER, ADDED]
    assert shown() == 2


def test_another_database_stands_in_its_place(portal):
    own = connection.settings_dict["NAME"]
    connections.close_all()
    backup = server.new(own)
    try:
        assert (remembered(), shown()) == ([BEFORE], 1)
        write_on()
        server.point(backup)
        assert (remembered(), shown()) == ([BEFORE], 1)
        server.point(own)
        assert (remembered(), shown()) == ([AFTER, ADDED], 2)
    finally:
        server.point(own)
        server.drop(backup)


def test_a_dump_was_restored_over_it(portal, tmp_path):
    asked = connections["owner"].get_connection_params()
    where = ["-h", asked["host"], "-U", asked["user"], "-d", asked["dbname"]]
    file = str(tmp_path / "backup")
    subprocess.run([binaries() / "pg_dump", *where, "-Fc", "-f", file], check=True)
    write_on()
    with connections["owner"].cursor() as cursor:
        cursor.execute(EMPTY)  # pg_restore's own --clean stumbles over a table of months
    connections.close_all()
    over = ["--single-transaction", "--exit-on-error"]
    subprocess.run([binaries() / "pg_restore", *where, *over, file], check=True)
    assert (remembered(), shown()) == ([BEFORE], 1)


def test_what_a_dump_from_a_cluster_that_counted_further_has_brought_costs_nothing(portal):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint + 1000000")
        [ahead] = cursor.fetchone()
    Touched.objects.using("owner").create(
        source=SocialOrganization._meta.db_table, area_code="-", transaction=str(ahead)
    )
    assert remembered("once") is remembered("once")
