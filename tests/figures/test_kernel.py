"""The kernel: what it computes of many areas together is what it computes of each alone."""

import datetime

import pytest

from suzhou_portal.figures import kernel
from suzhou_portal.figures.periods import Span
from suzhou_portal.figures.registry import figures
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.volunteers import VolunteerTeamFactory

NEIGHBOUR = "620902004009"
DAY = Span(None, datetime.date(2024, 12, 31))


@pytest.mark.parametrize("own", [True, False])
def test_many_areas_come_to_what_each_comes_to_alone(db, own):
    figure = figures.get("volunteer_teams")
    for code in (COMMUNITY, NEIGHBOUR, STREET):
        VolunteerTeamFactory(area=AreaFactory(code=code))
    areas = [COMMUNITY, NEIGHBOUR, STREET, DISTRICT, "CN"]
    together = kernel.entries(figure, areas, [DAY], own=own)
    alone = [kernel.entries(figure, [area], [DAY], own=own) for area in areas]
    assert together == {key: entry for found in alone for key, entry in found.items()}
    assert [together[0, area]["rows"] for area in areas] == [1, 1, 3, 3, 3]
