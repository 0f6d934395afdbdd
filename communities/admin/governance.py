"""How communities are governed."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError

from communities import workflow
from communities.models import Mechanism, PolicyDocument, ReachReport
from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


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
        "reviewed_at",
    )
    search_fields = ("method",)
    list_filter = (("reviewed_at", admin.EmptyFieldListFilter),)
    date_hierarchy = "period_end"
    readonly_fields = ("reviewed_at", "reviewed_by", *RecordAdmin.readonly_fields)
    actions = (*RecordAdmin.actions, "review", "reopen")
    todos = (
        Todo(
            "unreviewed",
            "待审核的惠及居民报告",
            "review",
            lambda reports, _: reports.unreviewed(),
        ),
    )

    def get_fields(self, request, obj=None):
        """Who reviewed it, once it exists."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if not name.startswith("reviewed")]

    def has_change_permission(self, request, obj=None):
        """A reviewed report stays as it is."""
        reviewed = obj is not None and obj.reviewed_at is not None
        return not reviewed and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """A reviewed report stays."""
        reviewed = obj is not None and obj.reviewed_at is not None
        return not reviewed and super().has_delete_permission(request, obj)

    def has_review_permission(self, request):
        """Whether the actions are offered; the workflow checks each report."""
        return request.user.has_perm(workflow.REVIEW)

    @admin.action(description="审核通过", permissions=["review"])
    def review(self, request, queryset):
        """Approve what is selected."""
        self._each(request, queryset, workflow.review, "已审核")

    @admin.action(description="退回更正", permissions=["review"])
    def reopen(self, request, queryset):
        """Send back what is selected."""
        self._each(request, queryset, workflow.reopen, "已退回")

    def _each(self, request, queryset, step, done):
        finished = 0
        for report in queryset:
            try:
                step(report, by=request.user)
                finished += 1
            except PermissionDenied:
                self.message_user(
                    request, f"{report}：不能审核自己录入的报告，请由他人审核。", messages.ERROR
                )
            except ValidationError as error:
                self.message_user(request, error.messages[0], messages.WARNING)
        if finished:
            self.message_user(request, f"{done}{finished}份报告。", messages.SUCCESS)
