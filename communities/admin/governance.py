"""How communities are governed."""

from django.contrib import admin

from communities.models import Mechanism, PolicyDocument, ReachReport
from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin


@admin.register(Mechanism)
class MechanismAdmin(RecordAdmin):
    list_display = ("kind", "rule_title", "established_on", "ended_on")
    list_filter = ("kind",)
    search_fields = ("rule_title", "summary")


@admin.register(PolicyDocument)
class PolicyDocumentAdmin(RecordAdmin):
    list_display = ("title", "kind", "number", "issued_on", "repealed_on")
    list_filter = ("kind",)
    search_fields = ("title", "number")


@admin.register(ReachReport)
class ReachReportAdmin(RecordAdmin):
    list_display = (
        "period_end",
        "period_start",
        numeric(ReachReport, "people"),
        numeric(ReachReport, "visits"),
        "method",
    )
    search_fields = ("method",)
    date_hierarchy = "period_end"
