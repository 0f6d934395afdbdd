"""Of wide areas, what adds up is added from the areas inside: as true as counting, for what was written."""

import pytest

from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door, kernel
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import upkeep
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.charity import CharityResourceFactory
from tests.factories.communities import CourseFactory, EnrolmentFactory, PostFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.figures.kept import world

WIDE = {"CN", "62", "6209"}
OTHER = "330102003004"
TEAMS = "volunteer_teams"


@pytest.fixture
def counted(committed, monkeypatch):
    """Values are kept of two provinces; returns which areas each figure is counted in from now on."""
    for code in (COMMUNITY, OTHER):
        VolunteerTeamFactory(area=AreaFactory(code=code))
    asked, compute = [], kernel.entries
    upkeep.refresh_all(everywhere(), site_date())

    def entries(figure, areas, spans, **asked_for):
        asked.extend((figure.key, area) for area in areas)
        return compute(figure, areas, spans, **asked_for)

    monkeypatch.setattr(kernel, "entries", entries)
    return asked


def everywhere():
    return list(Area.objects.values_list("code", flat=True))


def country(key):
    return door.value(key, "CN", site_date()).value


def areas_of(counted, key):
    return {area for figure, area in counted if figure == key}


def test_a_write_in_a_community_costs_the_way_up_from_it(counted):
    VolunteerTeamFactory(area_id=COMMUNITY, area=Area.objects.get(pk=COMMUNITY))
    assert country(TEAMS) == 3
    assert areas_of(counted, TEAMS) == {"620902"}
    assert world.mismatches() == []


def test_each_level_has_its_own_records_too(counted):
    for code in sorted(WIDE):
        CharityResourceFactory(area=Area.objects.get(pk=code), value=1000)
    CharityResourceFactory(area=Area.objects.get(pk=OTHER), value=50)
    assert country("charity_value") == 3050
    assert door.value("charity_value", "62", site_date()).value == 2000
    assert [row.value for row in door.breakdown("charity_value", "CN", site_date())] == [
        50,
        2000,
        1000,
    ]
    assert not areas_of(counted, "charity_value") & WIDE
    assert world.mismatches() == []


def test_what_was_taken_away_is_gone_from_each_level(counted):
    for team in world.VolunteerTeam.objects.all():
        team.delete()
    assert country(TEAMS) == 0
    assert world.mismatches() == []


def test_what_does_not_add_up_is_counted(counted):
    course = CourseFactory(area=Area.objects.get(pk=COMMUNITY))
    EnrolmentFactory(area=course.area, course=course)
    PostFactory(area=course.area)
    country("trained_streets"), country("workers_in_post")
    assert "CN" in areas_of(counted, "trained_streets")
    assert world.mismatches() == []


def test_after_a_mark_on_everything_records_are_counted_once(counted):
    upkeep.forget(site_date())
    assert country(TEAMS) == 2
    assert areas_of(counted, TEAMS) == {"CN"}


def test_kept_anew_from_the_innermost_outwards(counted):
    upkeep.forget(site_date())
    upkeep.refresh_all(everywhere(), site_date())
    assert not areas_of(counted, TEAMS) & WIDE
    assert world.mismatches() == []
