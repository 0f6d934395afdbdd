"""The records of social organizations."""

from organizations.models.projects import Evaluation, PurchasedProject
from organizations.models.register import IncubationService, SocialOrganization
from organizations.models.services import ServiceItem

__all__ = [
    "Evaluation",
    "IncubationService",
    "PurchasedProject",
    "ServiceItem",
    "SocialOrganization",
]
