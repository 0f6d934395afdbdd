"""M14 公益类注册绿色通道 and M15 街道备案 in the admin."""

from django.contrib import admin

from organizations.models import Filing, Registration
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(Registration)
class RegistrationAdmin(StagedAdmin):
    list_display = (
        "name",
        "kind",
        "applied_on",
        "received_on",
        "due_on",
        "decided_on",
        "days_saved",
    )
    list_filter = ("kind",)
    list_select_related = ("area", "organization")
    search_fields = ("name", "purpose")
    date_hierarchy = "applied_on"
    # Given with a step.
    readonly_fields = ("credit_code", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_receive", "待受理的登记申请", "decide", lambda ones, _: ones.in_state("submitted")
        ),
        Todo(
            "to_decide", "待决定的登记申请", "decide", lambda ones, _: ones.in_state("received")
        ),
        Todo("overdue", "超过承诺办结日期的登记申请", "decide", lambda ones, day: ones.overdue(day)),
        Todo(
            "to_correct", "待补正材料的登记申请", "change", lambda ones, _: ones.in_state("correcting")
        ),
    )  # fmt: skip


@admin.register(Filing)
class FilingAdmin(StagedAdmin):
    list_display = (
        "name",
        "number",
        "field",
        "filed_on",
        "ended_on",
        "masked_contact",
        "masked_phone",
    )
    list_select_related = ("area", "organization")
    search_fields = ("name", "number", "activities")
    readonly_fields = ("number", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_file", "待备案的社区社会组织", "decide", lambda ones, _: ones.in_state("applied")),
    )
