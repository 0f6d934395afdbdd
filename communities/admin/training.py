"""Training courses and who was enrolled in them."""

from django.contrib import admin

from communities.models import Course, Enrolment
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.figures.admin import RecordAdmin


class EnrolmentInline(ScopedInline):
    model = Enrolment
    fields = ("person", "area", "unit", "rank")
    related = ("person", "course")


@admin.register(Course)
class CourseAdmin(RecordAdmin):
    list_display = ("name", "kind", "starts_on", "ends_on", "hours")
    list_filter = ("kind",)
    search_fields = ("name",)
    date_hierarchy = "starts_on"
    inlines = (EnrolmentInline,)


@admin.register(Enrolment)
class EnrolmentAdmin(RecordAdmin):
    list_display = ("person", "course", "unit", "rank")
    list_filter = ("rank", "course__kind")
    list_select_related = ("area", "person", "course")
    search_fields = ("person__name", "course__name", "unit")
