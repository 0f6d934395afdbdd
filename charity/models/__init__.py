"""The records of charity."""

from charity.models.donors import Donor
from charity.models.duties import DisclosureDuty
from charity.models.records import CharityProject, CharityResource, Foundation, Partnership
from charity.models.talks import PartnershipTalk
from charity.models.tracing import Allocation, ResourceUse
