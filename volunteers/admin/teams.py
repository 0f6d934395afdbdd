"""Volunteer teams, the system they form, and pairings, in the admin."""

from django.contrib import admin

from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin
from volunteers.models import PairingLink, SystemSlot, VolunteerTeam


@admin.register(SystemSlot)
class SystemSlotAdmin(RecordAdmin):
    list_display = ("__str__", "segment", "position", "meaning")
    list_filter = ("segment",)
    search_fields = ("title", "meaning", "=segment")


@admin.register(VolunteerTeam)
class VolunteerTeamAdmin(RecordAdmin):
    list_display = (
        "name",
        "kind",
        "founded_on",
        "dissolved_on",
        numeric(VolunteerTeam, "members"),
        "masked_contact",
        "masked_phone",
    )
    list_filter = ("kind", "slot", ("dissolved_on", admin.EmptyFieldListFilter))
    search_fields = ("name",)
    decided = ("area", "name", "kind", "slot", "founded_on", "dissolved_on")


@admin.register(PairingLink)
class PairingLinkAdmin(RecordAdmin):
    list_display = ("party_body", "tier", "started_on", "ended_on")
    list_filter = ("tier", ("ended_on", admin.EmptyFieldListFilter))
    search_fields = ("party_body",)
