"""The words of charity, and the tables of its lifecycles."""

from charity.enums.base import CharityField, CharityMode, ResourceKind
from charity.enums.tracing import (
    ALLOCATION,
    DUTY,
    PARTNERSHIP,
    PROJECT,
    AllocationState,
    DonorKind,
    DutyKind,
    DutyState,
    PartnershipState,
    ProjectState,
)

__all__ = [
    "ALLOCATION",
    "DUTY",
    "PARTNERSHIP",
    "PROJECT",
    "AllocationState",
    "CharityField",
    "CharityMode",
    "DonorKind",
    "DutyKind",
    "DutyState",
    "PartnershipState",
    "ProjectState",
    "ResourceKind",
]
