"""Every change of state of a community's records that does more than its table says."""

from communities.workflow import grids, pilots, reports, secretary
from communities.workflow.reports import REVIEW, reopen, review

__all__ = ["REVIEW", "grids", "pilots", "reopen", "reports", "review", "secretary"]
