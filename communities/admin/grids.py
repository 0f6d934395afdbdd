"""M2 网格精细化管理 in the admin."""

from django.contrib import admin

from communities.models import GridBranch, GridEvent, GridPost
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(GridPost)
class GridPostAdmin(RecordAdmin):
    list_display = ("person", "role", "started_on", "ended_on")
    list_filter = ("role", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("area", "person")
    search_fields = ("person__name",)


@admin.register(GridBranch)
class GridBranchAdmin(RecordAdmin):
    list_display = ("name", "members", "founded_on", "dissolved_on")
    search_fields = ("name",)


@admin.register(GridEvent)
class GridEventAdmin(StagedAdmin):
    list_display = ("title", "kind", "reported_on", "due_on", "closed_on", "masked_phone")
    list_filter = ("kind",)
    search_fields = ("title", "place", "description")
    date_hierarchy = "reported_on"
    todos = (
        Todo(
            "to_accept", "待受理的网格事件", "handle", lambda events, _: events.in_state("reported")
        ),
        Todo("overdue", "超期未办结的网格事件", "handle", lambda events, day: events.overdue(day)),
        Todo(
            "escalated",
            "上报街道待处理的网格事件",
            "direct",
            lambda events, _: events.in_state("escalated"),
        ),
    )
