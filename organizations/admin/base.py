"""Social organizations, and the catalogues of services, in the admin."""

from django.contrib import admin

from organizations.models import IncubationService, ServiceItem, SocialOrganization
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from suzhou_portal.months import months_before


@admin.register(SocialOrganization)
class SocialOrganizationAdmin(RecordAdmin):
    list_display = (
        "name",
        "kind",
        "origin",
        "joined_on",
        "deregistered_on",
        "credit_code",
        "excepted",
        "grade",
        "masked_contact",
        "masked_phone",
    )
    list_filter = ("kind", "origin", "grade", ("code_exception", admin.EmptyFieldListFilter))
    search_fields = ("name", "credit_code")
    decided = (
        "area", "name", "kind", "origin", "joined_on", "deregistered_on", "credit_code",
        "code_exception", "grade", "graded_on",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("area", "name", "kind", "origin", "joined_on", "deregistered_on")}),
        ("统一社会信用代码", {"fields": ("credit_code", "code_exception")}),
        ("评估等级", {"fields": ("grade", "graded_on")}),
        ("服务和联系方式", {"fields": ("field", "areas_served", "contact", "phone")}),
    )

    @admin.display(description="代码例外", boolean=True)
    def excepted(self, record):
        """Whether the code is accepted in spite of its check."""
        return bool(record.code_exception)


@admin.register(IncubationService)
class IncubationServiceAdmin(RecordAdmin):
    list_display = ("name", "tier", "free", "started_on", "ended_on")
    list_filter = ("tier", "free")
    search_fields = ("name",)


@admin.register(ServiceItem)
class ServiceItemAdmin(RecordAdmin):
    list_display = (
        "name",
        "category",
        "fee",
        "provider_name",
        "phone",
        "verified_on",
        "withdrawn_on",
    )
    list_filter = ("category", "fee", ("withdrawn_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "summary", "provider_name")
    fieldsets = (
        (None, {"fields": ("area", "category", "name", "summary", "audience")}),
        ("地点和时间", {"fields": ("place", "schedule")}),
        ("收费", {"fields": ("fee", "fee_note")}),
        ("怎样获得", {"fields": ("how_to", "what_to_bring", "contact", "phone")}),
        ("由谁提供", {"fields": ("provider", "provider_name")}),
        ("发布", {"fields": ("published_on", "withdrawn_on", "verified_on")}),
    )
    todos = (
        Todo(
            "unverified",
            "半年以上未核实的服务项目",
            "change",
            lambda items, day: items.unverified_since(day, months_before(day, 6)),
        ),
    )
