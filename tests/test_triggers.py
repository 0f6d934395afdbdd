"""Every trigger that is declared is in the database as declared, and none that is not."""

import pytest
from django.db import ProgrammingError, connections, transaction
from django.test.utils import CaptureQueriesContext

from suzhou_portal import triggers
from suzhou_portal.audit import parts
from suzhou_portal.management.commands.migrate import declared
from suzhou_portal.triggers import Declared, each_row, each_statement

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
DEFINED = (
    "SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " WHERE NOT t.tgisinternal AND t.tgenabled = 'O' AND p.proname = ANY(%s)"
)
SPECIAL_DAYS = "calendars_specialday"


def every():
    with connections["owner"].cursor() as cursor:
        trail = {parts.TABLE: [part.name for part in parts.there(cursor)]}
    return [
        placed
        for one in declared()
        for trigger in one.triggers()
        for placed in trigger.on_parts(trail)
    ]


def placed():
    """What is in the database of each of our triggers, by table and name."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(DEFINED, [sorted({trigger.function for trigger in every()})])
        return {(table, name): text for table, name, text in cursor.fetchall()}


def run(statement, using="owner"):
    with connections[using].cursor() as cursor:
        cursor.execute(statement)


def install(chosen=None):
    role = connections["default"].settings_dict["USER"]
    triggers.install(connections["owner"], role, declared() if chosen is None else chosen)


def test_all_that_is_declared_is_there_and_nothing_else():
    wanted = every()
    found = placed()
    assert found.keys() == {(trigger.table, trigger.name) for trigger in wanted}
    assert len(found) == len(wanted)
    for trigger in wanted:
        text = found[trigger.table, trigger.name]
        assert trigger.moment.split()[0] in text
        assert f"FOR EACH {trigger.how.split('FOR EACH ')[1].split()[0]}" in text
        assert f"EXECUTE FUNCTION {trigger.function}(" in text


def test_installing_again_changes_nothing():
    before = placed()
    install()
    assert placed() == before


def test_what_was_taken_away_or_changed_is_put_back():
    before = placed()
    run("DROP TRIGGER portal_audit_update ON communities_person")
    run(
        "CREATE OR REPLACE FUNCTION portal_audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'"
    )
    run(
        "CREATE OR REPLACE TRIGGER portal_audit_insert AFTER INSERT ON communities_person"
        " REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION portal_audit('x')"
    )
    install()
    assert placed() == before


@pytest.mark.parametrize("function", ["portal_audit", "portal_authors", "portal_content"])
def test_what_is_declared_no_more_goes(function):
    before = placed()
    run(
        f"CREATE TRIGGER portal_old AFTER DELETE ON {SPECIAL_DAYS}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}('', 'true')"
    )
    assert placed() != before
    install()
    assert placed() == before


class TestOnTheWayThroughMigrations:
    """A table, a column, or the table that is written may not be there yet, or no more."""

    def declared(self, tmp_path, *made, into=""):
        file = tmp_path / "functions.sql"
        file.write_text(
            "CREATE OR REPLACE FUNCTION portal_probe() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NULL; END'"
        )
        return [*declared(), Declared(file, lambda: made, into=into)]

    def names(self):
        with connections["owner"].cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE starts_with(tgname, 'portal_probe')"
            )
            return sorted(name for (name,) in cursor.fetchall())

    @pytest.mark.parametrize(
        ("table", "column", "into", "expected"),
        [
            (SPECIAL_DAYS, "", "", ["portal_probe"]),
            (SPECIAL_DAYS, "name", SPECIAL_DAYS, ["portal_probe"]),
            (SPECIAL_DAYS, "state", "", []),
            (SPECIAL_DAYS, "", "no_such_table", []),
            ("no_such_table", "", "", []),
        ],
    )
    def test_what_can_be_is_put(self, tmp_path, table, column, into, expected):
        one = each_row(table, "portal_probe", "BEFORE UPDATE", column=column)
        install(self.declared(tmp_path, one, into=into))
        assert self.names() == expected

    def test_what_can_be_no_more_goes(self, tmp_path):
        made = each_statement(SPECIAL_DAYS, "portal_probe", TRUNCATE="")
        chosen = list(made)
        install(self.declared(tmp_path, *chosen))
        assert self.names() == [
            f"portal_probe_{event}" for event in ("delete", "insert", "truncate", "update")
        ]
        install(self.declared(tmp_path, *chosen, into="no_such_table"))
        assert self.names() == []

    def test_a_function_that_nobody_declares_any_more_goes_with_its_triggers(self, tmp_path):
        before = placed()
        install(self.declared(tmp_path, *each_statement(SPECIAL_DAYS, "portal_probe")))
        assert len(self.names()) == 3
        install()
        assert self.names() == []
        assert placed() == before
        with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic("owner"):
            run("DROP FUNCTION portal_probe()")


def test_what_former_versions_declared_is_gone():
    """They had put it there before functions were marked as ours."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname = ANY(%s)",
            [["portal_lifecycle", "portal_by_another", "portal_final"]],
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("table", ["audit_auditentry", "lifecycle_author"])
def test_what_only_functions_write_is_closed_to_the_application(table):
    with pytest.raises(ProgrammingError), transaction.atomic():
        run(f"DELETE FROM {table}", "default")


def test_installing_again_keeps_nobody_from_writing():
    with CaptureQueriesContext(connections["owner"]) as asked:
        install()
    assert [one["sql"] for one in asked if "TRIGGER" in one["sql"].upper().split()[:4]] == []


def test_a_trigger_that_was_switched_off_is_put_back():
    before = placed()
    run("ALTER TABLE communities_person DISABLE TRIGGER portal_audit_update")
    assert placed() != before
    install()
    assert placed() == before
