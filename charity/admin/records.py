"""Foundations and partnerships, resources, and the projects these serve, in the admin."""

from django.contrib import admin

from charity.models import CharityProject, CharityResource, Foundation, Partnership
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(Foundation)
class FoundationAdmin(RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Partnership)
class PartnershipAdmin(StagedAdmin):
    list_display = ("foundation", "long_term", "started_on", "valid_to", "ended_on")
    readonly_fields = ("outcome", *StagedAdmin.readonly_fields)
    todos = (Todo("ending", "即将到期的基金会合作", "change", lambda all_, day: all_.ending(day)),)
    list_filter = ("long_term",)
    list_select_related = ("area", "foundation")
    search_fields = ("foundation__name", "summary")


@admin.register(CharityResource)
class CharityResourceAdmin(RecordAdmin):
    list_display = (
        "name",
        "kind",
        numeric(CharityResource, "value", 2),
        "shown_donor",
        "received_on",
    )
    list_filter = ("kind",)
    list_select_related = ("area", "donor")
    search_fields = ("name", "donor_public")

    @admin.display(description="公开的捐赠方")
    def shown_donor(self, resource):
        """As the donor agreed."""
        return resource.shown_donor

    date_hierarchy = "received_on"
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "area",
                    "name",
                    "kind",
                    "donor",
                    "donor_public",
                    "receipt_number",
                    "partnership",
                    "received_on",
                )
            },
        ),
        ("价值和数量", {"fields": ("value", "valued_by", "quantity", "unit")}),
    )


@admin.register(CharityProject)
class CharityProjectAdmin(StagedAdmin):
    list_display = (
        "name",
        "mode",
        "field",
        numeric(CharityProject, "amount", 2),
        "started_on",
        "ended_on",
    )
    list_filter = ("mode", "field", "emergency")
    readonly_fields = ("result", *StagedAdmin.readonly_fields)
    search_fields = ("name", "summary")
