"""M13 双孵化中心 in the admin."""

from django.contrib import admin

from organizations.models import Incubatee, IncubationDelivery, IncubationTrack
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(IncubationTrack)
class IncubationTrackAdmin(RecordAdmin):
    list_display = ("__str__", "meaning")
    search_fields = ("title", "meaning")


class IncubationDeliveryInline(ScopedInline):
    model = IncubationDelivery
    fields = ("service", "delivered_on", "content")
    related = ("service", "incubatee")


@admin.register(Incubatee)
class IncubateeAdmin(StagedAdmin):
    list_display = ("organization", "track", "applied_on", "admitted_on", "ends_on", "left_on")
    list_select_related = ("area", "organization", "track")
    search_fields = ("organization__name", "plan")
    date_hierarchy = "applied_on"
    exclude = ("area",)  # the organization's
    # Given with a step, by whoever may take it.
    readonly_fields = ("track", "findings", "ends_on", "outcome", *StagedAdmin.readonly_fields)
    inlines = (IncubationDeliveryInline,)
    todos = (
        Todo("to_decide", "待评审的孵化申请", "decide", lambda ones, _: ones.in_state("applied")),
        Todo(
            "to_admit", "评审通过待入驻的组织", "decide", lambda ones, _: ones.in_state("approved")
        ),
        Todo("ending", "孵化期满待出壳的组织", "decide", lambda ones, day: ones.ending(day)),
    )


@admin.register(IncubationDelivery)
class IncubationDeliveryAdmin(RecordAdmin):
    list_display = ("service", "incubatee", "delivered_on", "content")
    list_select_related = ("area", "incubatee__organization", "service")
    list_filter = ("service__tier",)
    search_fields = ("content", "incubatee__organization__name", "service__name")
    date_hierarchy = "delivered_on"
    exclude = ("area",)
