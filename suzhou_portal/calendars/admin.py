import datetime
from typing import Any

from django.contrib import admin
from django.urls import reverse

from suzhou_portal.accounts.reminders import Found, reminding
from suzhou_portal.accounts.roles import KEEP, Role, grant
from suzhou_portal.caching.followed import remembered
from suzhou_portal.calendars import workdays
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.lookups import DeclaredLookups

grant(SpecialDay, {Role.DISTRICT: KEEP})


@reminding
def enter_arrangement(user: Any, day: datetime.date) -> Found:
    """The years in which deadlines are counted and whose arrangement is missing."""
    if user.has_perm("calendars.add_specialday"):
        page = reverse("admin:calendars_specialday_changelist")
        key = ("not arranged", day)
        for year in remembered(key, [SpecialDay], lambda: [*workdays.not_arranged(day)]):
            yield f"{year}{workdays.NO_ARRANGEMENT}：请录入", 1, page


@admin.register(SpecialDay)
class SpecialDayAdmin(DeclaredLookups, admin.ModelAdmin):
    """The State Council's arrangement, entered once a year."""

    list_display = ("date", "name", "working")
    list_filter = ("working",)
    search_fields = ("name",)
    date_hierarchy = "date"
