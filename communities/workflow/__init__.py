"""Every change of state of a community's records that does more than its table says."""

from communities.workflow import consultation, grids, reports, versions
from communities.workflow.reports import REVIEW, reopen, review

__all__ = ["REVIEW", "consultation", "grids", "reopen", "reports", "review", "versions"]
