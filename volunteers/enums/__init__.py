"""The words of the volunteer service, and the tables of its lifecycles."""

from volunteers.enums.base import PairingTier, Segment, TeamKind
from volunteers.enums.cadre_days import CADRE_DAY, CadreDayKind, CadreDayState
from volunteers.enums.emergencies import (
    EMERGENCY,
    MUSTER,
    MUSTER_TASK,
    EmergencyState,
    MusterState,
    TaskState,
)
from volunteers.enums.trainings import TEAM_TRAINING, TrainingKind, TrainingState
from volunteers.enums.visits import RESIDENT_NEED, NeedKind, ResidentNeedState, VisitOutcome

__all__ = [
    "CADRE_DAY",
    "EMERGENCY",
    "MUSTER",
    "MUSTER_TASK",
    "RESIDENT_NEED",
    "TEAM_TRAINING",
    "CadreDayKind",
    "CadreDayState",
    "EmergencyState",
    "MusterState",
    "NeedKind",
    "PairingTier",
    "ResidentNeedState",
    "Segment",
    "TaskState",
    "TeamKind",
    "TrainingKind",
    "TrainingState",
    "VisitOutcome",
]
