"""The mechanisms of volunteer service: emergencies, visits, cadres' days, trainings."""

import datetime
from typing import ClassVar

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, post_generation

from communities.enums.grids import EventKind
from suzhou_portal.lifecycle.moves import write_down
from tests.factories import BEGUN
from tests.factories.areas import AreaRecordFactory
from tests.factories.service import VolunteerFactory
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers import models
from volunteers.enums.cadre_days import CadreDayKind
from volunteers.enums.visits import VisitReason


class EmergencyFactory(AreaRecordFactory):
    _elsewhere: ClassVar = {"area__code": "620902004005"}

    class Meta:
        model = models.Emergency

    kind = "natural"
    title = "暴雨洪涝"
    ordered_by = "区应急指挥部"
    measures = "转移低洼处住户"
    standby_on = BEGUN
    expected_until = BEGUN + datetime.timedelta(days=3)


def in_force(area, **fields):
    """The one declaration in force there of its kind, made where there is none."""
    known = {"area": area, "kind": "health", "is_drill": False, **fields}
    found = models.Emergency.objects.filter(**known, state="active").first()
    return found or EmergencyFactory(**known, state="active", started_on=BEGUN)


class MusterFactory(AreaRecordFactory):
    class Meta:
        model = models.Muster
        skip_postgeneration_save = True

    emergency = LazyAttribute(lambda muster: in_force(muster.area))
    state = "gathering"
    place = Sequence(lambda number: f"集结点{number}")

    @post_generation
    def teams(self, create, extracted, **kwargs):
        """Those called; of a muster that gathers already, by the step that adds them."""
        if extracted and not self.may_change:
            said = {"verb": "amend", "label": "增减队伍", "taken_on": BEGUN, "note": "增派"}
            write_down(self, self.state, None, **said)
        self.teams.set(extracted or [])


class CheckInFactory(AreaRecordFactory):
    class Meta:
        model = models.CheckIn

    muster = SubFactory(MusterFactory, area=SelfAttribute("..area"))
    name = Sequence(lambda number: f"周某{number}")


class MusterTaskFactory(AreaRecordFactory):
    class Meta:
        model = models.MusterTask

    muster = SubFactory(MusterFactory, area=SelfAttribute("..area"))
    title = Sequence(lambda number: f"装填沙袋{number}")
    assigned_on = BEGUN


class VisitTargetFactory(AreaRecordFactory):
    class Meta:
        model = models.VisitTarget

    address = Sequence(lambda number: f"{number}号楼2单元201")
    reason = VisitReason.ALONE
    agreed = "每周三上午敲门"
    since = BEGUN


class DoorVisitFactory(AreaRecordFactory):
    class Meta:
        model = models.DoorVisit

    address = Sequence(lambda number: f"{number}号楼1单元101")
    visited_on = BEGUN


class CadreDayFactory(AreaRecordFactory):
    class Meta:
        model = models.CadreDay

    kind = CadreDayKind.COMMUNITY
    unit = Sequence(lambda number: f"区某局{number}")
    name = "周某某"
    planned_on = BEGUN


class CadreFindingFactory(AreaRecordFactory):
    class Meta:
        model = models.CadreFinding

    day = SubFactory(CadreDayFactory, area=SelfAttribute("..area"), state="arranged", host="网格员")
    kind = EventKind.SAFETY
    title = Sequence(lambda number: f"楼道堆物{number}")
    place = "2号楼"
    found_on = BEGUN


class TeamTrainingFactory(AreaRecordFactory):
    class Meta:
        model = models.TeamTraining

    title = Sequence(lambda number: f"急救培训{number}")
    place = "社区会议室"
    planned_on = BEGUN


class TrainingAttendanceFactory(AreaRecordFactory):
    class Meta:
        model = models.TrainingAttendance

    training = SubFactory(TeamTrainingFactory, area=SelfAttribute("..area"))
    team = SubFactory(VolunteerTeamFactory, area=SelfAttribute("..area"))
    people = 6


class TrainingPresenceFactory(AreaRecordFactory):
    class Meta:
        model = models.TrainingPresence

    training = SubFactory(TeamTrainingFactory, area=SelfAttribute("..area"))
    team = SubFactory(VolunteerTeamFactory, area=SelfAttribute("..area"))
    volunteer = SubFactory(
        VolunteerFactory, area=SelfAttribute("..area"), team=SelfAttribute("..team")
    )


def all_of_one_team(team, phone, **known):
    """What is a team's own, by model: where it is called, came, was told to do, visited, was taught."""
    muster = MusterFactory(**known, teams=[team])
    own = {**known, "team": team}
    private = {"resident_name": phone, "phone": phone}
    return {
        models.Muster: muster,
        models.CheckIn: CheckInFactory(**own, muster=muster, name=""),
        models.MusterTask: MusterTaskFactory(**own, muster=muster),
        models.DoorVisit: DoorVisitFactory(**own, **private),
        models.TrainingAttendance: TrainingAttendanceFactory(**own),
        models.TrainingPresence: TrainingPresenceFactory(**own),
    }
