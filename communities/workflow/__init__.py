"""Every change of state of a community's records that does more than its table says."""

from communities.workflow import cobuilding, grids, learning, pay, reports
from communities.workflow.reports import REVIEW, reopen, review

__all__ = [
    "REVIEW",
    "cobuilding",
    "grids",
    "learning",
    "pay",
    "reopen",
    "reports",
    "review",
]
