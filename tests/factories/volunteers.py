"""The records of volunteer service."""

from factory import SelfAttribute, Sequence, SubFactory

from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory
from volunteers import models
from volunteers.enums.base import PairingTier, Segment, TeamKind


class SystemSlotFactory(AreaRecordFactory):
    class Meta:
        model = models.SystemSlot

    segment = Segment.X
    position = Sequence(lambda number: number + 1)


class VolunteerTeamFactory(AreaRecordFactory):
    class Meta:
        model = models.VolunteerTeam

    name = Sequence(lambda number: f"志愿服务队{number}")
    kind = TeamKind.NEIGHBOURHOOD
    founded_on = BEGUN
    members = 12


class PairingLinkFactory(AreaRecordFactory):
    class Meta:
        model = models.PairingLink

    tier = PairingTier.UNIT_COMMUNITY
    party_body = Sequence(lambda number: f"区直机关第{number}党支部")
    started_on = BEGUN


class PairingActivityFactory(AreaRecordFactory):
    class Meta:
        model = models.PairingActivity

    link = SubFactory(PairingLinkFactory, area=SelfAttribute("..area"))
    held_on = BEGUN
    content = Sequence(lambda number: f"第{number}次入户宣讲")
