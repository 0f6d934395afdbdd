"""Volunteers, activities, hours, certificates and star levels in the admin."""

from django.contrib import admin

from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from volunteers.models import Activity, Service, ServiceCertificate, StarLevel, Volunteer


@admin.register(Volunteer)
class VolunteerAdmin(RecordAdmin):
    list_display = ("name", "number", "masked_phone", "team", "registered_on", "left_on")
    list_filter = (("left_on", admin.EmptyFieldListFilter),)
    list_select_related = ("area", "team")
    search_fields = ("name", "skills", "team__name")

    @admin.display(description="志愿者编号", ordering="pk")
    def number(self, volunteer):
        """The number."""
        return volunteer.number


@admin.register(StarLevel)
class StarLevelAdmin(RecordAdmin):
    list_display = ("stars", numeric(StarLevel, "hours"))
    search_fields = ("=hours",)


@admin.register(Activity)
class ActivityAdmin(StagedAdmin):
    list_display = ("title", "team", "held_on", "starts", "ends", numeric(Activity, "places"))
    list_filter = ("held_on",)
    list_select_related = ("area", "team")
    search_fields = ("title", "place", "team__name")
    readonly_fields = ("result", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_finish", "已过期未结束的志愿活动", "change", lambda all_, day: all_.unfinished(day)
        ),
    )


@admin.register(Service)
class ServiceAdmin(StagedAdmin):
    list_display = ("volunteer", "activity", "held_on", "began", "ended", "minutes", "source")
    list_filter = ("held_on",)
    list_select_related = ("area", "volunteer", "activity")
    search_fields = ("volunteer__name", "activity__title")
    readonly_fields = ("began", "ended", "minutes", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_confirm", "补录待确认的服务时长", "confirm", lambda s, _: s.in_state("to_confirm")
        ),
        Todo("disputed", "有异议的服务记录", "confirm", lambda s, _: s.in_state("disputed")),
    )

    @admin.display(description="时长来源")
    def source(self, service):
        """Where the hours come from."""
        return service.source


@admin.register(ServiceCertificate)
class ServiceCertificateAdmin(RecordAdmin):
    list_display = ("volunteer", "from_on", "to_on", "hours", "issued_on", "revoked_on")
    list_filter = (("revoked_on", admin.EmptyFieldListFilter),)
    list_select_related = ("area", "volunteer")
    search_fields = ("volunteer__name", "=code")

    @admin.display(description="认定时长（小时）", ordering="minutes")
    def hours(self, certificate):
        """In hours."""
        return certificate.hours
