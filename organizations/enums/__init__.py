"""The words social organizations choose from, and the tables of their lifecycles."""

from organizations.enums.base import (
    Fee,
    OrganizationKind,
    Origin,
    ServiceCategory,
)
from organizations.enums.incubation import (
    INCUBATEE,
    IncubateeState,
    ServiceTier,
)
from organizations.enums.purchases import (
    CONTRACT,
    DELIVERABLE,
    PURCHASE,
    UNSIGNED,
    DeliverableState,
    Procurement,
    PurchaseState,
)
from organizations.enums.registration import (
    FILING,
    REGISTRATION,
    FilingState,
    RegistrationState,
)
from organizations.enums.supervision import (
    EVALUATION,
    RECTIFICATION,
    EvaluationGrade,
    EvaluationKind,
    EvaluationState,
    RectificationState,
)

__all__ = [
    "CONTRACT",
    "DELIVERABLE",
    "EVALUATION",
    "FILING",
    "INCUBATEE",
    "PURCHASE",
    "RECTIFICATION",
    "REGISTRATION",
    "UNSIGNED",
    "DeliverableState",
    "EvaluationGrade",
    "EvaluationKind",
    "EvaluationState",
    "Fee",
    "FilingState",
    "IncubateeState",
    "OrganizationKind",
    "Origin",
    "Procurement",
    "PurchaseState",
    "RectificationState",
    "RegistrationState",
    "ServiceCategory",
    "ServiceTier",
]
