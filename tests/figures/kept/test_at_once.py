"""Many at once: writers never wait for each other, readers compute once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import refresh, rows
from suzhou_portal.figures.kept.models import Part
from tests.committed import apart, wait_for
from tests.factories import volunteers
from tests.factories.areas import COMMUNITY, DISTRICT
from tests.figures.kept import world
from volunteers.models import VolunteerTeam

WRITERS, TIMES = 8, 25


@pytest.fixture(autouse=True)
def _places(committed):
    world.places()


def teams(area):
    return door.value("volunteer_teams", area, site_date()).value


def write_many(number):
    """Each writer in the same places, in another order."""
    codes = [*world.LEAVES[number:], *world.LEAVES[:number]]
    for time in range(TIMES):
        team = world.build(volunteers.VolunteerTeamFactory, codes[time % len(codes)])
        world.create(VolunteerTeam, "default", [team])
        VolunteerTeam.objects.filter(pk=team.pk).update(area_id=codes[(time + 3) % len(codes)])


def read_many(area):
    """What a reader is told never falls while teams are only added."""
    found = [teams(area) for _ in range(TIMES)]
    assert found == sorted(found)


def test_eight_writers_and_their_readers():
    with ThreadPoolExecutor(WRITERS + 3) as threads:
        acts = [
            *(threads.submit(apart, lambda n=n: write_many(n)) for n in range(WRITERS)),
            *(threads.submit(apart, lambda area=area: read_many(area)) for area in ("CN", "CN", "62")),
        ]  # fmt: skip
        for act in acts:
            act.result()
    assert teams("CN") == WRITERS * TIMES
    assert world.mismatches() == []


def test_marks_make_no_writer_wait():
    """Two open transactions touch the same areas; the second one ends first."""
    with world.sessions():
        first, second = world.Session("first"), world.Session("second")
        first.begin()
        first.teams_created(COMMUNITY, 3)
        with connections["second"].cursor() as cursor:
            cursor.execute("SET lock_timeout = 1")
        second.begin()
        second.teams_created(COMMUNITY, 3)
        second.finish()
        assert teams(DISTRICT) == len(second.teams)
        first.finish()
    assert teams(DISTRICT) == 8


def test_two_who_find_the_same_stale_compute_it_once(monkeypatch):
    stored, store = [], rows.store

    def counted(found, as_of):
        stored.extend(found)
        store(found, as_of)

    monkeypatch.setattr(rows, "store", counted)
    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            assert rows.look([], site_date(), f"portal_kept {DISTRICT} values").alone
            asked = [threads.submit(apart, lambda: teams(DISTRICT)) for _ in range(2)]
            wait_for(2)
        assert [one.result() for one in asked] == [0, 0]
    assert stored == [(DISTRICT, Part.VALUES)]


def test_the_lock_is_let_go_when_a_refresh_fails(monkeypatch):
    monkeypatch.setattr(refresh, "computed_form", fails)
    with pytest.raises(ZeroDivisionError):
        refresh.refresh([(DISTRICT, Part.VALUES)], site_date())
    with connection.cursor() as cursor:
        # Of this database: other tests, and imports, hold locks in theirs.
        cursor.execute(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert cursor.fetchone()[0] == 0


def fails(*arguments):
    return 1 / 0
