"""M17 第三方督导评估 in the admin."""

from django.contrib import admin

from organizations.models import Evaluation, Rectification, SupervisionVisit
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(Evaluation)
class EvaluationAdmin(StagedAdmin):
    list_display = ("project", "provider", "evaluator", "kind", "grade", "evaluated_on")
    list_filter = ("kind", "grade")
    list_select_related = ("area", "project", "provider", "evaluator")
    search_fields = ("project__name", "provider__name", "evaluator__name")
    decided = ("project", "evaluator", "kind", "due_on")
    # Area and provider are the project's.
    exclude = ("area",)
    todos = (
        Todo("to_make", "待提交的第三方评估", "change", lambda ones, _: ones.in_state("assigned")),
        Todo("overdue", "逾期未提交的第三方评估", "change", lambda ones, day: ones.overdue(day)),
        Todo("to_settle", "待确认结果的第三方评估", "decide", lambda ones, _: ones.in_state("evaluated")),
    )  # fmt: skip


@admin.register(SupervisionVisit)
class SupervisionVisitAdmin(RecordAdmin):
    list_display = ("evaluation", "evaluator", "visited_on", "place")
    list_select_related = ("area", "evaluation__project", "evaluator")
    search_fields = ("findings", "evaluation__project__name", "evaluator__name")
    date_hierarchy = "visited_on"
    exclude = ("area",)  # the evaluation's


@admin.register(Rectification)
class RectificationAdmin(StagedAdmin):
    list_display = ("problem", "evaluation", "demanded_on", "due_on", "confirmed_on")
    list_select_related = ("area", "evaluation__project")
    search_fields = ("problem", "demand", "evaluation__project__name")
    exclude = ("area",)
    readonly_fields = ("result", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_rectify", "待整改的问题", "rectify", lambda ones, _: ones.in_state("demanded")),
        Todo("overdue", "逾期未整改的问题", "rectify", lambda ones, day: ones.overdue(day)),
        Todo("to_review", "待复核的整改", "review", lambda ones, _: ones.in_state("reported")),
    )
