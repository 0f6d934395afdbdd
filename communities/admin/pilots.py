"""M4 智慧社区试点 in the admin."""

from django.contrib import admin

from communities.models import SmartDevice, SmartPilot
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


class SmartDeviceInline(ScopedInline):
    model = SmartDevice
    fields = ("kind", "name", "quantity", "installed_on", "faulty_since", "removed_on")


@admin.register(SmartPilot)
class SmartPilotAdmin(StagedAdmin):
    list_display = ("name", "applied_on", "approved_on", "accepted_on", "running_on")
    search_fields = ("name", "content")
    date_hierarchy = "applied_on"
    readonly_fields = ("findings", *StagedAdmin.readonly_fields)
    inlines = (SmartDeviceInline,)
    todos = (
        Todo(
            "to_decide", "待评审的智慧社区试点", "decide", lambda pilots, _: pilots.in_state("applied")
        ),
        Todo(
            "to_accept", "试运行待验收的智慧社区试点", "decide", lambda pilots, _: pilots.in_state("trial")
        ),
    )  # fmt: skip


@admin.register(SmartDevice)
class SmartDeviceAdmin(RecordAdmin):
    list_display = (
        "name",
        "pilot",
        "kind",
        numeric(SmartDevice, "quantity"),
        "installed_on",
        "faulty_since",
        "removed_on",
    )
    list_filter = ("kind", ("faulty_since", admin.EmptyFieldListFilter))
    list_select_related = ("area", "pilot")
    search_fields = ("name", "pilot__name")
    exclude = ("area",)  # the pilot's
    todos = (
        Todo("faulty", "有故障的智慧设备", "change", lambda devices, day: devices.faulty(day)),
    )
