"""What steps of a community's records check and change beside what their tables say."""

from communities.workflow.reports import REVIEW, reopen, review

__all__ = ["REVIEW", "reopen", "review"]
