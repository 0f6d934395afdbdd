"""The records of volunteer service."""

from volunteers.models.cadre_days import CadreDay, CadreFinding
from volunteers.models.emergencies import Emergency
from volunteers.models.musters import CheckIn, Muster, MusterTask
from volunteers.models.pairing import PairingLink
from volunteers.models.system import SystemSlot
from volunteers.models.teams import VolunteerTeam
from volunteers.models.trainings import TeamTraining, TrainingAttendance
from volunteers.models.visits import DoorVisit, ResidentNeed

__all__ = [
    "CadreDay",
    "CadreFinding",
    "CheckIn",
    "DoorVisit",
    "Emergency",
    "Muster",
    "MusterTask",
    "PairingLink",
    "ResidentNeed",
    "SystemSlot",
    "TeamTraining",
    "TrainingAttendance",
    "VolunteerTeam",
]
