"""Every change of state of a community's records that does more than its table says."""

from communities.workflow import cobuilding, grids, red_property, reports
from communities.workflow.reports import REVIEW, reopen, review

__all__ = ["REVIEW", "cobuilding", "grids", "red_property", "reopen", "reports", "review"]
