"""What is not committed yet, or committed while others compute, is never missed and never told."""

import pytest
from django.db import connection, connections, transaction

from communities.models import Certificate, Post
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.models import Touched
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import refresh, rows, upkeep
from suzhou_portal.figures.kept.models import KeptValue, Part
from tests.factories import BEGUN, communities, volunteers
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.figures.kept import world
from volunteers.models import VolunteerTeam

FIRST, SECOND, THIRD = world.SESSIONS


@pytest.fixture(autouse=True)
def _connected(committed):
    with world.sessions():
        world.places()
        yield


def teams(area=DISTRICT):
    return door.value("volunteer_teams", area, site_date()).value


def team(using="default", code=COMMUNITY):
    world.create(VolunteerTeam, using, [world.build(volunteers.VolunteerTeamFactory, code)])


def stored():
    return dict(KeptValue.objects.filter(part=Part.VALUES).values_list("area_code", "version"))


def test_the_next_reader_sees_every_write_and_nothing_is_computed_twice(django_assert_num_queries):
    assert teams() == 0
    team()
    assert teams() == 1
    before = stored()
    with django_assert_num_queries(1):
        assert teams() == 1
    team(code=world.OTHER_DISTRICT)
    with django_assert_num_queries(1):
        assert teams() == 1
    assert stored() == before
    assert teams("CN") == 2


def test_an_open_transaction_is_not_told_and_not_missed():
    assert teams() == 0
    with transaction.atomic(using=FIRST):
        team(FIRST)
        with transaction.atomic(using=SECOND):
            team(SECOND)
            assert teams() == 0
        assert teams() == 1
    assert teams() == 2


def test_what_is_rolled_back_changes_nothing():
    assert teams() == 0
    before, marks = stored(), Touched.objects.count()
    with transaction.atomic(using=FIRST):
        team(FIRST)
        transaction.set_rollback(True, using=FIRST)
    assert teams() == 0
    assert stored() == before
    assert Touched.objects.count() == marks


def test_who_writes_sees_it_and_stores_nothing():
    assert teams() == 0
    before = stored()
    with transaction.atomic():
        team()
        assert teams() == 1
        assert teams(STREET) == 1
        team()
        assert teams() == 2
        transaction.set_rollback(True)
    assert stored() == before
    assert teams() == 0


def test_a_joined_row_and_the_row_that_joins_it_written_at_once():
    """Neither transaction sees the other's row, so no trigger could tell whom it affects."""
    person = communities.PersonFactory(area_id=DISTRICT, area=None)
    held = communities.CertificateFactory(area_id=DISTRICT, area=None, person=person)
    certified = "certified_workers"
    with transaction.atomic(using=FIRST):
        Certificate.objects.using(FIRST).filter(pk=held.pk).update(valid_to=BEGUN)
        post = world.build(communities.PostFactory, world.OTHER_COMMUNITY, person=person)
        world.create(Post, SECOND, [post])
        assert door.value(certified, world.OTHER_COMMUNITY, site_date()).value == 1
    assert door.value(certified, world.OTHER_COMMUNITY, site_date()).value == 0
    assert world.mismatches() == []


@pytest.fixture
def meanwhile(monkeypatch):
    """Has something happen after a refresh has taken its snapshot and before it stores."""

    def arrange(act):
        compute, done = refresh.computed_form, []

        def computed_form(*arguments):
            found = compute(*arguments)
            if connection.in_atomic_block and not done:
                done.append(act())
            return found

        monkeypatch.setattr(refresh, "computed_form", computed_form)

    return arrange


def test_what_is_committed_during_a_refresh_is_seen_after_it(meanwhile):
    meanwhile(lambda: team(FIRST))
    assert teams() == 0
    assert teams() == 1


def test_marks_removed_during_a_refresh_are_not_missed(meanwhile):
    def write_and_forget():
        team(FIRST)
        other = connections["default"]
        connections["default"] = connections[SECOND]
        try:
            upkeep.forget(site_date())
        finally:
            connections["default"] = other

    meanwhile(write_and_forget)
    assert teams() == 0
    assert teams() == 1


def test_a_row_stored_by_another_during_a_refresh_stays(meanwhile, caplog):
    """As when two ask for overlapping places; who comes later is told what it computed."""
    assert teams() == 0
    team()

    def store():
        with connections[FIRST].cursor() as cursor:
            cursor.execute("UPDATE figures_kept SET version = 7 WHERE part = 'values'")

    meanwhile(store)
    assert teams() == 1
    assert "没有保存" in caplog.text
    assert set(stored().values()) == {7}
    assert teams() == 1


def test_after_marks_are_removed_everything_is_computed_again():
    assert teams() == 0
    team()
    upkeep.forget(site_date())
    assert Touched.objects.count() == 1
    assert teams() == 1
    upkeep.forget(site_date())
    before = stored()
    assert teams() == 1
    assert stored() == before  # nothing it says has changed


def test_a_quiet_area_is_stored_anew_so_that_asking_stays_cheap(monkeypatch):
    assert teams() == 0
    monkeypatch.setattr(rows, "FAR_BEHIND", 0)
    team(code=world.OTHER_DISTRICT)
    before = KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES)
    assert teams() == 0
    after = KeptValue.objects.get(area_code=DISTRICT, part=Part.VALUES)
    assert (after.version, after.figures) == (before.version, before.figures)
    assert after.snapshot != before.snapshot


def test_a_standard_covers_what_lies_inside():
    key = "grid_secretary_allowance"
    assert door.value(key, world.GRID, site_date()).value is None
    with connections[FIRST].cursor():
        world.create(
            communities.AllowanceStandardFactory._meta.model,
            FIRST,
            [world.build(communities.AllowanceStandardFactory, DISTRICT)],
        )
    assert door.value(key, world.GRID, site_date()).value == 300
    world.cleared()
    assert door.value(key, world.GRID, site_date()).value is None


def test_a_mean_elsewhere_can_have_to_be_withheld_here():
    """Paying in one street may leave a gap that another street has to protect."""
    first, second = world.Session(FIRST), world.Session(SECOND)
    first.paid(STREET, 4)
    second.paid(world.OTHER_STREET, 5)
    mean = "average_monthly_pay"
    state = [
        door.value(mean, code, site_date()).state.value for code in (STREET, world.OTHER_STREET)
    ]
    assert state == ["known", "known"]
    second.paid(DISTRICT, 0)
    state = [
        door.value(mean, code, site_date()).state.value for code in (STREET, world.OTHER_STREET)
    ]
    assert state == ["withheld", "known"]
    assert Area.objects.count() == len(world.places())
