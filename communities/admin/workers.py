"""Social workers: how they came, what post they hold, what they earn, how they qualified."""

from django.contrib import admin

from communities.admin.keeping import Keeps
from communities.models import (
    AllowanceStandard,
    Certificate,
    ExamRegistration,
    PayMonth,
    Post,
    RecruitmentBatch,
)
from communities.models.workers import NOTICE_DAYS
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


class PayMonthInline(ScopedInline):
    model = PayMonth
    fields = ("month", "area", "post_pay", "performance_pay", "gross")
    readonly_fields = ("gross",)
    related = ("post__person",)
    can_delete = False  # a month may be closed: its page knows


@admin.register(RecruitmentBatch)
class RecruitmentBatchAdmin(RecordAdmin):
    list_display = ("name", "announced_on", numeric(RecruitmentBatch, "planned"))
    search_fields = ("name",)


@admin.register(Post)
class PostAdmin(RecordAdmin):
    list_display = ("person", "title", "full_time", "batch", "started_on", "ended_on")
    list_filter = ("full_time", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("area", "person", "batch")
    search_fields = ("person__name", "title")
    inlines = (PayMonthInline,)


@admin.register(Certificate)
class CertificateAdmin(RecordAdmin):
    list_display = ("person", "level", "number", "issued_on", "valid_to")
    list_filter = ("level",)
    list_select_related = ("area", "person")
    search_fields = ("person__name", "number")
    todos = (
        Todo(
            "expiring",
            f"{NOTICE_DAYS}天内到期的社工证书",
            "change",
            lambda certificates, day: certificates.expiring_soon(day),
        ),
    )


@admin.register(ExamRegistration)
class ExamRegistrationAdmin(RecordAdmin):
    list_display = ("person", "year", "level", "season", "exam_on", "passed")
    list_filter = ("year", "level", "passed")
    list_select_related = ("area", "person", "season")
    search_fields = ("person__name",)


@admin.register(PayMonth)
class PayMonthAdmin(Keeps, RecordAdmin):
    list_display = (
        "post",
        "month",
        numeric(PayMonth, "post_pay", 2),
        numeric(PayMonth, "performance_pay", 2),
        numeric(PayMonth, "gross", 2),
    )
    list_select_related = ("area", "post__person")
    search_fields = ("post__person__name",)
    date_hierarchy = "month"
    readonly_fields = ("gross", *RecordAdmin.readonly_fields)
    is_kept = staticmethod(lambda pay: pay.is_settled)


@admin.register(AllowanceStandard)
class AllowanceStandardAdmin(RecordAdmin):
    list_display = ("kind", numeric(AllowanceStandard, "amount", 2), "effective_from", "basis")
    list_filter = ("kind",)
    search_fields = ("basis",)
