"""The records of volunteer service."""

from volunteers.models.activities import Activity, Service
from volunteers.models.certificates import ServiceCertificate
from volunteers.models.pairing import PairingLink
from volunteers.models.people import StarLevel, Volunteer
from volunteers.models.system import SystemSlot
from volunteers.models.teams import VolunteerTeam

__all__ = [
    "Activity",
    "PairingLink",
    "Service",
    "ServiceCertificate",
    "StarLevel",
    "SystemSlot",
    "Volunteer",
    "VolunteerTeam",
]
