"""The records of volunteer service."""

from volunteers.models.activities import Activity, Service
from volunteers.models.applications import VolunteerApplication
from volunteers.models.cadre_days import CadreDay, CadreFinding
from volunteers.models.certificates import ServiceCertificate
from volunteers.models.emergencies import Emergency
from volunteers.models.musters import CheckIn, Muster, MusterTask
from volunteers.models.pairing import PairingActivity, PairingLink
from volunteers.models.people import StarLevel, Volunteer
from volunteers.models.teams import SystemSlot, VolunteerTeam
from volunteers.models.trainings import TeamTraining, TrainingAttendance, TrainingPresence
from volunteers.models.visit_targets import VisitTarget
from volunteers.models.visits import DoorVisit
