"""M19, M22 平急转换 in the admin."""

from django.contrib import admin

from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from volunteers.models import CheckIn, Emergency, Muster, MusterTask


@admin.register(Emergency)
class EmergencyAdmin(StagedAdmin):
    list_display = ("__str__", "nature_shown", "kind", "level", "started_on", "expected_until")
    list_filter = ("is_drill", "kind", "level")
    search_fields = ("title", "measures")
    readonly_fields = ("review", *StagedAdmin.readonly_fields)
    todos = (
        Todo("standby", "待命的平急转换", "activate", lambda all_, _: all_.in_state("standby")),
        Todo("overdue", "超过预计结束日期未恢复的响应", "activate", lambda all_, day: all_.overdue(day)),
        Todo("to_review", "待复盘的响应", "activate", lambda all_, _: all_.in_state("restored")),
    )  # fmt: skip

    @admin.display(description="性质", ordering="is_drill")
    def nature_shown(self, emergency):
        """Drill or real."""
        return emergency.nature


@admin.register(Muster)
class MusterAdmin(StagedAdmin):
    list_display = ("place", "emergency", "called_at", "stood_down_on")
    list_select_related = ("area", "emergency")
    search_fields = ("place",)
    readonly_fields = ("summary", *StagedAdmin.readonly_fields)
    todos = (
        Todo("gathering", "集结中", "change", lambda all_, _: all_.in_state("gathering")),
        Todo("on_duty", "执行任务、未撤收的集结", "change", lambda all_, _: all_.in_state("on_duty")),
    )  # fmt: skip


@admin.register(CheckIn)
class CheckInAdmin(RecordAdmin):
    list_display = (
        "__str__",
        "muster",
        numeric(CheckIn, "people"),
        "checked_in_at",
        "masked_phone",
    )
    list_select_related = ("area", "muster", "team")
    search_fields = ("team__name", "muster__place")


@admin.register(MusterTask)
class MusterTaskAdmin(StagedAdmin):
    list_display = ("title", "muster", "team", "assigned_on", "done_on")
    list_select_related = ("area", "muster", "team")
    search_fields = ("title",)
    readonly_fields = ("result", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_do", "待执行的应急任务", "perform", lambda all_, _: all_.in_state("assigned")),
    )
