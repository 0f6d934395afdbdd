"""M22 平时敲门响铃 in the admin."""

from django.contrib import admin

from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from volunteers.models import DoorVisit, ResidentNeed


@admin.register(DoorVisit)
class DoorVisitAdmin(RecordAdmin):
    list_display = (
        "address",
        "outcome",
        "need_kind",
        "team",
        "visited_on",
        "masked_phone",
    )
    list_filter = ("outcome", "need_kind")
    list_select_related = ("area", "team")
    search_fields = ("address", "situation", "need")
    date_hierarchy = "visited_on"


@admin.register(ResidentNeed)
class ResidentNeedAdmin(StagedAdmin):
    list_display = (
        "address",
        "kind",
        "handler",
        "found_on",
        "handled_on",
        "masked_phone",
    )
    list_filter = ("kind",)
    search_fields = ("address", "content")
    readonly_fields = ("result", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_take_on", "待接办的居民需求", "handle", lambda needs, _: needs.in_state("found")),
        Todo("to_handle", "办理中的居民需求", "handle", lambda needs, _: needs.in_state("in_hand")),
        Todo("to_confirm", "待回访的居民需求", "confirm", lambda needs, _: needs.in_state("handled")),
    )  # fmt: skip
