"""Whatever writes a row, in whatever way, leaves an entry that says who, when, from what to what."""

import datetime
import json
from contextlib import suppress
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.audit.steps import (
    CONTACT,
    MASKED_CONTACT,
    MASKED_PHONE,
    PHONE,
    written,
)
from tests.cases import in_both_forms
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, AreaFactory
from tests.factories.organizations import ServiceItemFactory, SocialOrganizationFactory
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db
TABLE, TEAM = VolunteerTeam._meta.db_table, VolunteerTeam._meta.label_lower
OLD, NEW = "旧名", "新名"
COLUMNS = (
    "area_id, name, kind, founded_on, contact, phone, is_demo, explanation, created_at, updated_at"
)
VALUES = f"'{COMMUNITY}', '{NEW}', 'neighbourhood', '2022-06-01', '{CONTACT}', '{PHONE}', false, ''"


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def new_team():
    return VolunteerTeamFactory.build(area_id=COMMUNITY, name=NEW, contact=CONTACT, phone=PHONE)


def copy_in():
    row = VALUES.replace("'", "").replace(", ", "\t") + "\tnow\tnow\n"
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({COLUMNS}) FROM STDIN") as copy:
        copy.write(row)


def upsert():
    VolunteerTeam.objects.bulk_create(
        [new_team()], update_conflicts=True, unique_fields=["area", "name"], update_fields=["phone"]
    )


CREATE = {
    "save": lambda: new_team().save(),
    "bulk_create": lambda: VolunteerTeam.objects.bulk_create([new_team()]),
    "upsert": upsert,
    "raw SQL": lambda: sql(f"INSERT INTO {TABLE} ({COLUMNS}) VALUES ({VALUES}, now(), now())"),
    "COPY": copy_in,
}
CHANGE = {
    "save": lambda team: VolunteerTeam(**{**kept(team), "name": NEW}).save(),
    "update": lambda team: VolunteerTeam.objects.filter(pk=team.pk).update(name=NEW),
    "bulk_update": lambda team: VolunteerTeam.objects.bulk_update(
        [VolunteerTeam(pk=team.pk, name=NEW)], ["name"]
    ),
    "raw SQL": lambda team: sql(f"UPDATE {TABLE} SET name = '{NEW}'"),
    "function": lambda team: sql(f"DO $$ BEGIN UPDATE {TABLE} SET name = '{NEW}'; END $$"),
    "MERGE": lambda team: sql(
        f"MERGE INTO {TABLE} t USING (SELECT {team.pk} AS id) s ON t.id = s.id"
        f" WHEN MATCHED THEN UPDATE SET name = '{NEW}'"
    ),
}
DELETE = {
    "delete": lambda team: VolunteerTeam.objects.get(pk=team.pk).delete(),
    "queryset": lambda team: VolunteerTeam.objects.filter(pk=team.pk).delete(),
    "raw SQL": lambda team: sql(f"DELETE FROM {TABLE}"),
}


def ways(table):
    return pytest.mark.parametrize("way", table.values(), ids=table)


def kept(team):
    return {field.attname: getattr(team, field.attname) for field in team._meta.concrete_fields}


def assert_signed(entry):
    """By a command, just now."""
    assert (entry.actor_id, entry.actor_name, entry.address) == (None, "系统命令", "")
    assert entry.origin
    assert abs(timezone.now() - entry.at) < datetime.timedelta(minutes=1)


class TestEveryWayOfWriting:
    @ways(CREATE)
    def test_create(self, way):
        AreaFactory()
        with written() as entries:
            way()
        [entry] = entries
        team = VolunteerTeam.objects.get()
        assert_signed(entry)
        assert (entry.action, entry.model, entry.object_id, entry.area_code) == (
            Action.CREATE, TEAM, str(team.pk), COMMUNITY,
        )  # fmt: skip
        assert entry.old == {}
        assert (entry.new["name"], entry.new["founded_on"]) == (NEW, "2022-06-01")
        assert (entry.new["contact"], entry.new["phone"]) == (MASKED_CONTACT, MASKED_PHONE)
        assert "dissolved_on" not in entry.new

    @ways(CHANGE)
    def test_change(self, way):
        team = VolunteerTeamFactory(name=OLD)
        with written() as entries:
            way(team)
        [entry] = entries
        assert_signed(entry)
        assert (entry.action, entry.object_id) == (Action.CHANGE, str(team.pk))
        assert (entry.old, entry.new) == ({"name": OLD}, {"name": NEW})

    @ways(DELETE)
    def test_delete(self, way):
        team = VolunteerTeamFactory(name=OLD, phone=PHONE)
        with written() as entries:
            way(team)
        [entry] = entries
        assert_signed(entry)
        assert (entry.action, entry.object_id, entry.area_code) == (
            Action.DELETE, str(team.pk), COMMUNITY,
        )  # fmt: skip
        assert (entry.old["name"], entry.old["phone"], entry.new) == (OLD, MASKED_PHONE, {})

    @pytest.mark.django_db(databases=["default", "owner"])
    def test_clearing_a_table(self):
        with written("owner") as entries, connections["owner"].cursor() as cursor:
            cursor.execute(f"TRUNCATE {TABLE} CASCADE")
        cleared = {entry.model: entry.action for entry in entries}
        below = (
            "activity", "checkin", "doorvisit", "muster_teams", "mustertask", "service",
            "servicecertificate", "trainingattendance", "trainingpresence", "volunteer",
            "volunteerapplication",
        )  # fmt: skip
        beside = (
            "servicecapacity", "servicerequest", "servicerequest_activities", "servicerequest_volunteers",
        )  # fmt: skip
        tables = [TEAM, "accounts.assignment", *(f"volunteers.{name}" for name in below)]
        tables += [f"linkage.{name}" for name in beside]
        assert cleared == dict.fromkeys(tables, Action.CLEAR)

    def test_many_to_many(self):
        organization = SocialOrganizationFactory()
        district = AreaFactory(code=DISTRICT)
        for change, action, side in (
            (organization.areas_served.add, Action.CREATE, "new"),
            (organization.areas_served.remove, Action.DELETE, "old"),
        ):
            with written() as entries:
                change(district)
            [entry] = entries
            assert (entry.action, entry.model) == (
                action, "organizations.socialorganization_areas_served",
            )  # fmt: skip
            values = getattr(entry, side)
            assert values["socialorganization_id"] == organization.pk
            assert values["area_id"] == entry.area_code == DISTRICT


class TestWhoWrites:
    @pytest.mark.parametrize(
        "write",
        [
            *(pytest.param(lambda _, way=way: way(), id=f"create by {name}")
              for name, way in CREATE.items()),
            *(pytest.param(way, id=f"change by {name}") for name, way in CHANGE.items()),
            *(pytest.param(way, id=f"delete by {name}") for name, way in DELETE.items()),
        ],
    )  # fmt: skip
    def test_the_one_who_acts_now_not_who_used_the_connection_before(self, write):
        with acting("甲"):
            team = VolunteerTeamFactory(name=OLD)
        with acting("乙"), written() as entries:
            write(team)
        assert [entry.actor_name for entry in entries] == ["乙"]

    def test_also_after_a_rollback(self):
        AreaFactory()
        with acting("甲"), suppress(RuntimeError), transaction.atomic():
            CREATE["save"]()
            raise RuntimeError
        with acting("乙"), written() as entries:
            CREATE["save"]()
        assert [entry.actor_name for entry in entries] == ["乙"]


def acting(name):
    return trail.acting(lambda: trail.Actor(id=1, name=name))


class TestWhatIsNotWorthAnEntry:
    def test_saving_what_is_there_already(self):
        team, item = VolunteerTeamFactory(), ServiceItemFactory()
        with written() as entries:
            team.save()
            item.save()
            VolunteerTeam.objects.update(name=team.name, updated_at=timezone.now())
        assert entries == []

    def test_search_vectors_and_the_time_of_saving(self):
        with written() as entries:
            item = ServiceItemFactory()
            item.name = NEW
            item.save()
        created, changed = (entry for entry in entries if entry.model.endswith(".serviceitem"))
        assert created.new.keys().isdisjoint({"search", "updated_at"})
        assert list(changed.new) == ["name"]

    def test_what_is_rolled_back(self):
        AreaFactory()
        with written() as entries, suppress(RuntimeError), transaction.atomic():
            CREATE["COPY"]()
            raise RuntimeError
        assert entries == []


def test_a_record_with_another_key_is_another_record():
    AreaFactory(code=GRID)
    other = GRID[:-1] + "2"
    with written() as entries:
        Area.objects.filter(pk=GRID).update(code=other)
    assert {(entry.action, entry.object_id) for entry in entries} == {
        (Action.DELETE, GRID),
        (Action.CREATE, other),
    }
    assert {(entry.old.get("name"), entry.new.get("name")) for entry in entries} == {
        (f"地区{GRID}", None),
        (None, f"地区{GRID}"),
    }


class TestWatched:
    """Asked of the database itself, so that a new model without triggers is found."""

    def ours(self):
        home, libraries = Path(settings.BASE_DIR), Path(json.__file__).parents[1]
        for model in apps.get_models(include_auto_created=True):
            path = Path(model._meta.app_config.path)
            ours = path.is_relative_to(home) and not {".venv", "site-packages"} & set(path.parts)
            kept = getattr(model, "audited", model is not AuditEntry)
            if ours and not path.is_relative_to(libraries) and kept:
                yield model._meta.db_table

    def test_every_table_of_ours_by_statement(self):
        insert, delete, update, truncate, row = 4, 8, 16, 32, 1
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, array_agg(t.tgtype::int ORDER BY t.tgtype) FROM pg_trigger t"
                " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
                " WHERE p.proname = 'portal_audit' AND t.tgenabled = 'O' GROUP BY 1"
            )
            found = dict(cursor.fetchall())
        assert not any(kind & row for kinds in found.values() for kind in kinds)
        every = [insert, delete, update, truncate]
        assert found == dict.fromkeys({*self.ours(), "otp_totp_totpdevice"}, every)

    def test_a_large_import_calls_the_trigger_once(self):
        AreaFactory()
        rows = VALUES.replace(f"'{NEW}'", "'第' || n || '队'")
        with written() as entries, connection.cursor() as cursor:
            cursor.execute(
                f"EXPLAIN (ANALYZE, FORMAT JSON) INSERT INTO {TABLE} ({COLUMNS})"
                f" SELECT {rows}, now(), now() FROM generate_series(1, 20000) n"
            )
            triggers = cursor.fetchone()[0][0]["Triggers"]
        calls = {one["Trigger Name"]: one["Calls"] for one in triggers}
        assert calls["portal_audit_insert"] == 1
        assert len({entry.object_id for entry in entries}) == len(entries) == 20_000

    @in_both_forms("count", short=500, whole=20_000)
    def test_a_large_bulk_create_asks_nothing_more(self, count, django_assert_num_queries):
        AreaFactory()
        teams = [VolunteerTeamFactory.build(area_id=COMMUNITY) for _ in range(count)]
        with written() as entries, django_assert_num_queries(1):
            VolunteerTeam.objects.bulk_create(teams)
        assert len(entries) == count
