"""Training courses and who was enrolled in them."""

from django.contrib import admin

from communities.models import Course, Enrolment
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


class EnrolmentInline(ScopedInline):
    model = Enrolment
    fields = ("person", "area", "unit", "rank")
    related = ("person", "course")


@admin.register(Course)
class CourseAdmin(StagedAdmin):
    list_display = ("name", "kind", "base", "starts_on", "ends_on", "hours")
    list_filter = ("kind",)
    list_select_related = ("area", "base")
    search_fields = ("name",)
    date_hierarchy = "starts_on"
    inlines = (EnrolmentInline,)
    todos = (
        Todo(
            "attendance",
            "已结束待登记出勤的培训",
            "change",
            lambda courses, day: courses.without_attendance(day),
        ),
        Todo(
            "to_publish",
            "已结束待公布成绩的培训",
            "publish",
            lambda courses, _: courses.in_state("ended"),
        ),
    )


@admin.register(Enrolment)
class EnrolmentAdmin(RecordAdmin):
    list_display = ("person", "course", "unit", "rank", "attendance", "score", "place", "award")
    list_filter = ("rank", "attendance", "award", "course__kind")
    list_select_related = ("area", "person", "course")
    search_fields = ("person__name", "course__name", "unit")
