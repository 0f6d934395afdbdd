"""M5 书记破题 in the admin."""

from django.contrib import admin

from communities.enums.secretary import SCORES
from communities.models import Criterion, SecretaryProject
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(SecretaryProject)
class SecretaryProjectAdmin(StagedAdmin):
    list_display = ("title", "year", "responsible", "planned_to", "total", "accepted_on")
    list_filter = ("year",)
    list_select_related = ("area", "responsible")
    search_fields = ("title", "problem", "responsible__name")
    # Given with a step, by whoever may take it.
    readonly_fields = (*SCORES, "total", "result", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_file", "待立项的书记破题项目", "file", lambda projects, _: projects.in_state("drafted")
        ),
        Todo(
            "to_review", "待评审的书记破题项目", "review", lambda projects, _: projects.in_state("filed")
        ),
        Todo(
            "to_accept", "待验收的书记破题项目", "review", lambda projects, _: projects.in_state("finished")
        ),
        Todo(
            "overdue", "超过计划完成日期的书记破题项目", "change", lambda projects, day: projects.overdue(day)
        ),
    )  # fmt: skip


@admin.register(Criterion)
class CriterionAdmin(RecordAdmin):
    list_display = ("__str__", "meaning")
    search_fields = ("title", "meaning")
