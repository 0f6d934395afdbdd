"""The records of volunteer service."""

from volunteers.models.pairing import PairingLink
from volunteers.models.system import SystemSlot
from volunteers.models.teams import VolunteerTeam

__all__ = ["PairingLink", "SystemSlot", "VolunteerTeam"]
