"""Rules of the records of volunteer service, held by the database."""

import datetime

import pytest

from tests.factories import BEGUN
from tests.factories import volunteers as make
from tests.factories.areas import COMMUNITY, GRID, STREET
from tests.rules import again, assert_refused, assert_rule
from volunteers.enums.base import PairingTier, Segment
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db

BEFORE = BEGUN - datetime.timedelta(days=1)
OUTSIDE = "序号超出该部分的数目。"
LEVEL = "内设机构党支部包联网格，其余两级包联社区：请选择相应级别的地区。"


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (make.SystemSlotFactory, {"segment": Segment.ONE, "position": 2}, OUTSIDE),
        (make.SystemSlotFactory, {"segment": Segment.TWO, "position": 3}, OUTSIDE),
        (make.SystemSlotFactory, {"segment": Segment.FOUR, "position": 5}, OUTSIDE),
        (make.SystemSlotFactory, {"segment": Segment.ONE, "position": 0}, OUTSIDE),
        (make.VolunteerTeamFactory, {"dissolved_on": BEFORE}, "解散日期不能早于组建日期。"),
        (make.PairingLinkFactory, {"ended_on": BEFORE}, "结束日期不能早于开始日期。"),
        (make.PairingLinkFactory, {"tier": PairingTier.BRANCH_GRID}, LEVEL),
        (make.PairingLinkFactory, {"area_id": STREET}, LEVEL),
    ],
)
def test_a_record_that_breaks_a_rule(factory, broken, message):
    assert_rule(factory, broken, message)


@pytest.mark.parametrize(
    ("factory", "message"),
    [
        (make.SystemSlotFactory, "该部分的这一序号已存在。"),
        (make.VolunteerTeamFactory, "该地区已有同名队伍。"),
    ],
)
def test_a_record_that_is_there_already(factory, message):
    assert_refused(again(factory()), message)


@pytest.mark.parametrize(
    ("segment", "position"),
    [(Segment.ONE, 1), (Segment.TWO, 2), (Segment.FOUR, 4), (Segment.X, 100)],
)
def test_the_last_place_of_each_segment(segment, position):
    make.SystemSlotFactory(segment=segment, position=position).full_clean()


@pytest.mark.parametrize(
    ("tier", "code"),
    [
        (PairingTier.UNIT_COMMUNITY, COMMUNITY),
        (PairingTier.MEMBER_NEARBY, COMMUNITY),
        (PairingTier.BRANCH_GRID, GRID),
    ],
)
def test_each_tier_has_its_level(tier, code):
    make.PairingLinkFactory(tier=tier, area__code=code).full_clean()


def test_a_team_is_active_up_to_its_last_day():
    team = make.VolunteerTeamFactory(dissolved_on=BEGUN)
    assert list(VolunteerTeam.objects.active(BEGUN)) == [team]
    assert not VolunteerTeam.objects.active(BEFORE).exists()
    assert not VolunteerTeam.objects.active(BEGUN + datetime.timedelta(days=1)).exists()


def test_a_slot_without_a_name_is_shown_by_its_place():
    assert str(make.SystemSlotFactory.build(segment="2", position=1)) == "“2”之1"
    assert str(make.SystemSlotFactory.build(title="总队")) == "总队"
