"""The admin of reports of whom the communities reached, which are reviewed there."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError

from communities import workflow
from suzhou_portal.desks.admin import RecordAdmin


class ReachReportAdmin(RecordAdmin):
    """Reports, with the actions that review them."""

    actions = (*RecordAdmin.actions, "review", "reopen")

    def get_fields(self, request, obj=None):
        """Who reviewed it, once it exists."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if not name.startswith("reviewed")]

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
