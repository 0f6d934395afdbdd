"""The nightly run, the audit that proves what is kept, and everything that makes kept values void."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from communities.models import ReachReport
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.models import Touched
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import refresh, rows, sources, upkeep
from suzhou_portal.figures.kept.models import FigureAudit, KeptValue, Part
from tests.committed import apart
from tests.factories import volunteers
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.figures.kept import world
from volunteers.models import VolunteerTeam

KEY = "volunteer_teams"


@pytest.fixture(autouse=True)
def _places(committed):
    world.places()
    team()


def team(code=COMMUNITY):
    world.create(VolunteerTeam, "default", [world.build(volunteers.VolunteerTeamFactory, code)])


def teams(area=DISTRICT, day=None):
    return door.value(KEY, area, day or site_date()).value


def falsify(area=DISTRICT):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE figures_kept SET figures = jsonb_set(figures, '{volunteer_teams,value}', '9')"
            " WHERE area_code = %s",
            [area],
        )


class TestNightly:
    def test_every_area_is_kept_and_pages_ask_once(self, django_assert_num_queries):
        call_command("refresh_figures", verbosity=0)
        inside = {code for code in upkeep.areas_of(DISTRICT) if code.startswith(DISTRICT)}
        assert set(world.kept_areas()) == {"CN", "62", "6209", *inside}
        with django_assert_num_queries(1):
            assert teams(COMMUNITY) == 1
        with django_assert_num_queries(2):  # which areas lie inside, and what is kept of them
            parts = door.breakdown(KEY, DISTRICT, site_date())
        assert [(part.area, part.value) for part in parts] == [
            (STREET, 1), (world.OTHER_STREET, 0), (DISTRICT, 0),
        ]  # fmt: skip

    def test_the_cost_does_not_grow_with_areas(self):
        places = sorted(Area.objects.filter(level="street").values_list("code", flat=True))

        def cost(areas):
            KeptValue.objects.all().delete()
            with CaptureQueriesContext(connection) as captured:
                upkeep.refresh_all(areas, site_date())
            return len(captured)

        assert cost(places) == cost(places[:1])

    def test_a_reader_may_be_quicker(self, monkeypatch):
        streets = sorted(Area.objects.filter(level="street").values_list("code", flat=True))
        compute, seen = refresh.computed_form, []

        def interrupted(stale, day):
            if not seen:
                seen.append(stale)
                # Not the first one, for which two who refresh wait for each other.
                with ThreadPoolExecutor(1) as threads:
                    threads.submit(apart, lambda: teams(streets[-1])).result()
            return compute(stale, day)

        monkeypatch.setattr(refresh, "computed_form", interrupted)
        assert upkeep.refresh_all(streets, site_date()) == len(streets)
        assert set(world.kept_areas()) >= set(streets)

    def test_old_marks_go(self):
        call_command("refresh_figures", verbosity=0)
        assert Touched.objects.count() == 1
        assert world.mismatches() == []


class TestAudit:
    def test_what_is_true_is_said_to_be(self, capsys):
        assert teams() == 1
        call_command("audit_figures")
        assert "与记录一致" in capsys.readouterr().out
        found = FigureAudit.objects.get()
        assert (found.mismatches, found.areas) == ([], 1)
        assert found.compared >= len(sources.kept_figures())

    def test_what_is_false_is_found_named_and_repaired(self, capsys):
        assert teams() == 1
        falsify()
        assert teams() == 9
        with pytest.raises(CommandError, match="1项不一致"):
            call_command("audit_figures")
        assert f"{DISTRICT} 志愿服务队伍（volunteer_teams）" in capsys.readouterr().out
        assert len(FigureAudit.objects.get().mismatches) == 1
        assert teams() == 9
        with pytest.raises(CommandError, match="重新保存"):
            call_command("audit_figures", repair=True)
        assert teams() == 1
        call_command("audit_figures")

    def test_what_is_stale_claims_nothing(self):
        assert teams() == 1
        falsify()
        team()
        call_command("audit_figures")
        assert teams() == 2

    def test_one_area_alone(self):
        assert (teams(COMMUNITY), teams(world.OTHER_STREET)) == (1, 0)
        falsify(COMMUNITY)
        call_command("audit_figures", area=world.OTHER_STREET)
        with pytest.raises(CommandError, match="不一致"):
            call_command("audit_figures", area=STREET)

    @pytest.mark.parametrize("area", ["x", "110101"])
    def test_an_area_that_is_not_here(self, area):
        with pytest.raises(CommandError):
            call_command("audit_figures", area=area)

    def test_what_was_written_past_the_triggers_is_found(self):
        """The audit compares with records, not with marks."""
        assert (teams(COMMUNITY), teams(world.OTHER_STREET)) == (1, 0)
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE volunteers_volunteerteam DISABLE TRIGGER USER")
            try:
                cursor.execute(
                    "UPDATE volunteers_volunteerteam SET area_id = %s", [world.OTHER_STREET]
                )
            finally:
                cursor.execute("ALTER TABLE volunteers_volunteerteam ENABLE TRIGGER USER")
        with pytest.raises(CommandError, match="2项不一致"):
            call_command("audit_figures")


class TestVoid:
    def test_another_day_is_computed_and_becomes_the_kept_one_when_it_is_the_sites(self, settings):
        assert teams() == 1
        row = KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES)
        later = site_date() + datetime.timedelta(days=1)
        VolunteerTeam.objects.update(dissolved_on=site_date())
        assert (teams(), teams(day=later)) == (1, 0)
        assert KeptValue.objects.get(pk=row.pk).as_of == site_date()
        settings.PORTAL_AS_OF = later
        assert teams() == 0
        assert KeptValue.objects.get(pk=row.pk).as_of == later

    def test_figures_declared_otherwise(self, monkeypatch):
        assert teams() == 1
        falsify()
        assert teams() == 9
        monkeypatch.setattr(rows, "definitions", lambda: "other")
        assert teams() == 1

    def test_another_database_cluster(self):
        """As after a restore: the cluster counts its transactions otherwise."""
        assert teams() == 1
        falsify()
        KeptValue.objects.update(cluster=1)
        assert teams() == 1

    def test_what_a_restore_has_brought_goes_with_the_next_migrate(self):
        assert (teams(), teams(STREET)) == (1, 1)
        KeptValue.objects.filter(area_code=STREET).update(cluster=1)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO audit_touched (source, area_code, transaction)"
                " VALUES ('', '', (pg_current_xact_id()::text::bigint + 1000000)::text::xid8)"
            )
            teams()
            at_once = KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES).computed_at
            teams()
            assert KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES).computed_at > at_once
            upkeep.remove_foreign(connections["owner"])
        assert not KeptValue.objects.filter(area_code=STREET).exists()
        teams()
        left = KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES).computed_at
        teams()
        assert KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES).computed_at == left

    def test_a_connection_that_may_only_read_is_served(self, caplog):
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
            try:
                assert teams() == 1
            finally:
                cursor.execute("SET default_transaction_read_only = off")
        assert "没有保存" in caplog.text
        assert not KeptValue.objects.exists()

    def test_what_cannot_be_stored_is_served(self, caplog, monkeypatch):
        monkeypatch.setattr(rows, "_statement", broken(rows._statement))
        assert teams() == 1
        assert "没有保存" in caplog.text
        assert not KeptValue.objects.exists()


class TestShown:
    def test_pages_say_when_values_were_audited_and_what_was_found(self, client):
        assert "尚未核对" in client.get("/dashboard/").text
        call_command("audit_figures")
        for path in ("/dashboard/", f"/figures/{KEY}/"):
            page = client.get(path).text
            assert "已核对于" in page
            assert "全部一致" in page
        falsify()
        with pytest.raises(CommandError):
            call_command("audit_figures")
        assert "1项不一致" in client.get(f"/figures/{KEY}/").text

    def test_another_date_is_computed_and_not_audited(self, client):
        assert "核对" not in client.get("/dashboard/", {"as_of": "2022-01-01"}).text


def broken(statement):
    return lambda name: "SELECT no_such_column" if name == "store.sql" else statement(name)


def test_a_report_less_leaves_the_one_before():
    reports = [
        world.build(
            world.communities.ReachReportFactory,
            COMMUNITY,
            people=people,
            period_end=datetime.date(2022, month, 30),
        )
        for people, month in ((5, 6), (7, 7))
    ]
    _, latest = world.create(ReachReport, "default", reports)
    assert door.value("residents_benefited", "CN", site_date()).value == 7
    latest.delete()
    assert door.value("residents_benefited", "CN", site_date()).value == 5
    assert world.mismatches() == []
