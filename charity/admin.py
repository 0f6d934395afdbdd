"""Foundations and partnerships, resources, and the projects these serve, in the admin."""

from django.contrib import admin

from charity.models import CharityProject, CharityResource, Foundation, Partnership
from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin


@admin.register(Foundation)
class FoundationAdmin(RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    list_display = ("foundation", "long_term", "started_on", "ended_on")
    list_filter = ("long_term",)
    list_select_related = ("area", "foundation")
    search_fields = ("foundation__name", "summary")


@admin.register(CharityResource)
class CharityResourceAdmin(RecordAdmin):
    list_display = (
        "name",
        "kind",
        numeric(CharityResource, "value", 2),
        "donor_public",
        "received_on",
    )
    list_filter = ("kind",)
    search_fields = ("name", "donor_public")
    date_hierarchy = "received_on"
    fieldsets = (
        (None, {"fields": ("area", "name", "kind", "donor_public", "partnership", "received_on")}),
        ("价值和数量", {"fields": ("value", "valued_by", "quantity", "unit")}),
    )


@admin.register(CharityProject)
class CharityProjectAdmin(RecordAdmin):
    list_display = (
        "name",
        "mode",
        "field",
        numeric(CharityProject, "amount", 2),
        "started_on",
        "ended_on",
    )
    list_filter = ("mode", "field")
    search_fields = ("name", "summary")
