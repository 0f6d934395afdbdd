"""Every change of state of a community's records that does more than its table says."""

from communities.workflow import (
    cobuilding,
    consultation,
    grids,
    learning,
    pay,
    pilots,
    red_property,
    reports,
    secretary,
    versions,
)
from communities.workflow.reports import REVIEW, reopen, review

__all__ = [
    "REVIEW",
    "cobuilding",
    "consultation",
    "grids",
    "learning",
    "pay",
    "pilots",
    "red_property",
    "reopen",
    "reports",
    "review",
    "secretary",
    "versions",
]
