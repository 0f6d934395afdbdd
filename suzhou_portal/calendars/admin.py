from django.contrib import admin

from suzhou_portal.accounts.roles import KEEP, Role, grant
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.lookups import DeclaredLookups

grant(SpecialDay, {Role.DISTRICT: KEEP})


@admin.register(SpecialDay)
class SpecialDayAdmin(DeclaredLookups, admin.ModelAdmin):
    """The State Council's arrangement, entered once a year."""

    list_display = ("date", "name", "working")
    list_filter = ("working",)
    search_fields = ("name",)
    date_hierarchy = "date"
