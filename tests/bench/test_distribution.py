"""What keeps tables from being spread by district is found, table by table."""

import pytest
from django.db import connections

from bench import distribution

pytestmark = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def cursor():
    with connections["owner"].cursor() as cursor:
        yield cursor


@pytest.fixture
def made(cursor):
    cursor.execute(
        "CREATE TABLE spread_one (id bigint PRIMARY KEY, area_id varchar(15) NOT NULL, name text UNIQUE);"
        "CREATE TABLE spread_part (id bigint PRIMARY KEY, one_id bigint NOT NULL REFERENCES spread_one);"
        "CREATE TABLE spread_not (id bigint PRIMARY KEY, one_id bigint REFERENCES spread_one);"
        "CREATE TABLE spread_other (id bigint PRIMARY KEY, area_id varchar(15) NOT NULL,"
        " one_id bigint REFERENCES spread_one);"
        "INSERT INTO spread_one VALUES (1, '620902004', 'x'), (2, '620921', 'y');"
        "INSERT INTO spread_other VALUES (1, '620902', 1), (2, '620902', 2), (3, '620902', NULL);"
        "SET CONSTRAINTS ALL IMMEDIATE;"
        "CREATE TRIGGER portal_audit_insert AFTER INSERT ON spread_one REFERENCING NEW TABLE AS new_rows"
        " FOR EACH STATEMENT EXECUTE FUNCTION portal_append_only()"
    )
    return distribution.read(cursor)


def test_each_table_says_where_its_rows_stand(made):
    one, part, other = (made[f"spread_{name}"] for name in ("one", "part", "not"))
    assert (one.place, one.is_spread) == ("area_id", True)
    assert (part.place, part.part_of, part.by) == ("", "spread_one", "one_id")
    assert not other.is_spread
    assert len(one.unique) == 2
    assert (one.whole, one.single) == (["portal_audit_insert"], [])


def test_what_refers_to_another_district_is_counted(made, cursor):
    wrong = distribution.astray(cursor, made)
    assert wrong["spread_other", "one_id"] == 1
    told = distribution.text(made, wrong)
    assert "- spread_other.one_id: 1" in told
    assert "- spread_not.one_id → spread_one" in told
    assert "| spread_one | `area_id` | 2 | 0 | 1 | 0 |" in told


def test_a_table_of_the_portal_is_asked_about_once_with_all_its_months(cursor):
    found = distribution.read(cursor)
    assert found["audit_auditentry"].place == "area_code"
    assert not any(name.startswith("audit_auditentry_") for name in found)
