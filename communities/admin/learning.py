"""M10 and the seasons of M11 in the admin."""

from django.contrib import admin

from communities.models import ExamSeason, PlannedSession, TrainingBase, TrainingPlan
from suzhou_portal.accounts.scoped import ScopedListedInline
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


class PlannedSessionInline(ScopedListedInline):
    model = PlannedSession
    fields = ("name", "kind", "quarter", "target_people", "planned_hours", "course")
    related = ("plan__area", "course")


@admin.register(TrainingBase)
class TrainingBaseAdmin(RecordAdmin):
    list_display = ("name", "address", numeric(TrainingBase, "capacity"), "opened_on", "closed_on")
    list_filter = (("closed_on", admin.EmptyFieldListFilter),)
    search_fields = ("name", "address")


@admin.register(TrainingPlan)
class TrainingPlanAdmin(StagedAdmin):
    list_display = ("__str__", "year", "approved_on", "finished_on")
    list_filter = ("year",)
    search_fields = ("aim",)
    inlines = (PlannedSessionInline,)
    todos = (
        Todo(
            "to_approve",
            "待审批的培训计划",
            "approve",
            lambda plans, _: plans.in_state("submitted"),
        ),
    )

    def has_delete_permission(self, request, obj=None):
        """Only a draft is thrown away."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.state == "draft")


@admin.register(PlannedSession)
class PlannedSessionAdmin(RecordAdmin):
    list_display = ("name", "plan", "kind", "quarter", "target_people", "planned_hours", "course")
    list_filter = ("kind", "quarter", "plan__year")
    list_select_related = ("area", "plan__area", "course")
    search_fields = ("name",)
    exclude = ("area",)
    todos = (
        Todo(
            "unsettled",
            "计划场次尚未登记实施",
            "change",
            lambda sessions, day: (
                sessions.filter(plan__state="running")
                .unsettled()
                .filter(quarter__lt=(day.month - 1) // 3 + 1, plan__year=day.year)
            ),
        ),
    )

    def has_delete_permission(self, request, obj=None):
        """Only of a plan that is still a draft."""
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or obj.plan.state == "draft")


@admin.register(ExamSeason)
class ExamSeasonAdmin(RecordAdmin):
    list_display = ("__str__", "opens_on", "closes_on", "exam_on", "results_on")
    list_filter = ("year",)
    search_fields = ("year",)
