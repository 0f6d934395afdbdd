"""Changes of state of a community's records: the one way to them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from communities.models import ReachReport
from suzhou_portal.lifecycle.authors import refuse_own

REVIEW = "communities.review_reachreport"


@transaction.atomic
def review(report: ReachReport, *, by: Any) -> ReachReport:
    """Approve a report; it can no longer be changed.

    Raises PermissionDenied where `by` may not review it or entered it; ValidationError where it is
    reviewed already.
    """
    report = _locked(report, by)
    refuse_own(by, report)
    if report.reviewed_at is not None:
        raise ValidationError(f"{report}已经审核过。")
    report.reviewed_at, report.reviewed_by = timezone.now(), by
    report.save(update_fields=["reviewed_at", "reviewed_by", "updated_at"])
    return report


@transaction.atomic
def reopen(report: ReachReport, *, by: Any) -> ReachReport:
    """Send a reviewed report back, so that it can be corrected. Raises as `review` does."""
    report = _locked(report, by)
    if report.reviewed_at is None:
        raise ValidationError(f"{report}还没有审核。")
    report.reviewed_at = report.reviewed_by = None
    report.save(update_fields=["reviewed_at", "reviewed_by", "updated_at"])
    return report


def _locked(report: ReachReport, by: Any) -> ReachReport:
    report = ReachReport.objects.select_for_update().get(pk=report.pk)
    if not by.has_perm(REVIEW, report):
        raise PermissionDenied(f"{by.username} may not review {report.pk}")
    return report
