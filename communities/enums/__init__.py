"""The words communities and social workers choose from, and the tables of their lifecycles."""

from communities.enums.base import (
    AllowanceKind,
    CertificateLevel,
    CourseKind,
    DocumentKind,
    MechanismKind,
    Rank,
)
from communities.enums.grids import GRID_EVENT, EventKind, EventState, GridRole
from communities.enums.learning import (
    COURSE,
    TRAINING_PLAN,
    Attendance,
    Award,
    CourseState,
    PlanState,
    Quarter,
)
from communities.enums.pay import (
    PAY_PERIOD,
    PAY_SCHEME,
    PERFORMANCE_REVIEW,
    PeriodState,
    ReviewGrade,
    ReviewState,
    SchemeState,
)

__all__ = [
    "COURSE",
    "GRID_EVENT",
    "PAY_PERIOD",
    "PAY_SCHEME",
    "PERFORMANCE_REVIEW",
    "TRAINING_PLAN",
    "AllowanceKind",
    "Attendance",
    "Award",
    "CertificateLevel",
    "CourseKind",
    "CourseState",
    "DocumentKind",
    "EventKind",
    "EventState",
    "GridRole",
    "MechanismKind",
    "PeriodState",
    "PlanState",
    "Quarter",
    "Rank",
    "ReviewGrade",
    "ReviewState",
    "SchemeState",
]
