"""Donors, allocations, uses and duties of disclosure in the admin."""

from django.contrib import admin

from charity.models import Allocation, DisclosureDuty, Donor, ResourceUse
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(Donor)
class DonorAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "masked_name", "masked_phone", "consented_on")
    list_filter = ("kind", ("consented_on", admin.EmptyFieldListFilter))
    search_fields = ("=pk",)


@admin.register(Allocation)
class AllocationAdmin(StagedAdmin):
    list_display = (
        "purpose",
        "resource",
        numeric(Allocation, "value", 2),
        "allocated_on",
        "delivered_on",
    )
    list_select_related = ("area", "resource")
    search_fields = ("purpose", "resource__name")
    readonly_fields = ("receiver", "returned_value", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_approve", "待同意的资源分配", "approve", lambda all_, _: all_.in_state("proposed")
        ),
        Todo("to_deliver", "待签收的慈善资源", "change", lambda all_, day: all_.undelivered(day)),
    )


@admin.register(ResourceUse)
class ResourceUseAdmin(RecordAdmin):
    list_display = ("purpose", "allocation", numeric(ResourceUse, "value", 2), "used_on")
    list_select_related = ("area", "allocation__resource")
    search_fields = ("purpose",)
    date_hierarchy = "used_on"


@admin.register(DisclosureDuty)
class DisclosureDutyAdmin(StagedAdmin):
    list_display = ("project", "kind", "due_on", "disclosed_on")
    list_filter = ("kind",)
    list_select_related = ("area", "project")
    search_fields = ("project__name",)
    readonly_fields = ("report", *StagedAdmin.readonly_fields)
    todos = (
        Todo("overdue", "逾期未公开的慈善信息", "change", lambda all_, day: all_.overdue(day)),
        Todo("coming", "两周内应公开的慈善信息", "change", lambda all_, day: all_.coming(day)),
    )
