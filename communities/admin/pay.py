"""M12 岗位+绩效 in the admin."""

from django.contrib import admin

from communities.admin.keeping import Keeps
from communities.models import (
    PayCorrection,
    PayPeriod,
    PayScheme,
    PerformanceRate,
    PerformanceReview,
    PostRate,
)
from suzhou_portal.accounts.scoped import ScopedListedInline
from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


class PostRateInline(ScopedListedInline):
    model = PostRate
    fields = ("title", "years_from", "amount")
    related = ("scheme",)


class PerformanceRateInline(ScopedListedInline):
    model = PerformanceRate
    fields = ("grade", "amount")
    related = ("scheme",)


@admin.register(PayScheme)
class PaySchemeAdmin(Keeps, StagedAdmin):
    list_display = ("name", "effective_from", "basis", "adopted_on")
    search_fields = ("name", "basis")
    inlines = (PostRateInline, PerformanceRateInline)
    is_kept = staticmethod(lambda scheme: scheme.state == "adopted")
    todos = (Todo("to_adopt", "待批准的薪酬方案", "approve", lambda schemes, _: schemes.open()),)


@admin.register(PostRate)
class PostRateAdmin(Keeps, RecordAdmin):
    list_display = ("__str__", "scheme", numeric(PostRate, "amount", 2))
    list_select_related = ("area", "scheme")
    search_fields = ("title", "scheme__name")
    exclude = ("area",)
    is_kept = staticmethod(lambda rate: rate.scheme.state == "adopted")


@admin.register(PerformanceRate)
class PerformanceRateAdmin(Keeps, RecordAdmin):
    list_display = ("grade", "scheme", numeric(PerformanceRate, "amount", 2))
    list_filter = ("grade",)
    list_select_related = ("area", "scheme")
    search_fields = ("scheme__name",)
    exclude = ("area",)
    is_kept = staticmethod(lambda rate: rate.scheme.state == "adopted")


@admin.register(PerformanceReview)
class PerformanceReviewAdmin(Keeps, StagedAdmin):
    list_display = ("post", "year", "quarter", "grade", "confirmed_on")
    list_filter = ("grade", "year", "quarter")
    list_select_related = ("area", "post__person")
    search_fields = ("post__person__name",)
    exclude = ("area",)
    is_kept = staticmethod(lambda review: review.state == "confirmed")
    todos = (Todo("to_confirm", "待确认的绩效考核", "confirm", lambda reviews, _: reviews.open()),)


@admin.register(PayPeriod)
class PayPeriodAdmin(Keeps, StagedAdmin):
    list_display = ("__str__", "month", "closed_on")
    search_fields = ("month",)
    date_hierarchy = "month"
    is_kept = staticmethod(lambda period: period.state != "drafting")
    todos = (
        Todo(
            "to_close",
            "已复核待关账的薪酬月份",
            "change",
            lambda periods, _: periods.in_state("reviewed"),
        ),
        Todo(
            "to_review",
            "编制中的薪酬月份",
            "review",
            lambda periods, _: periods.in_state("drafting"),
        ),
    )


@admin.register(PayCorrection)
class PayCorrectionAdmin(Keeps, RecordAdmin):
    list_display = ("pay", "booked_in", "reason", numeric(PayCorrection, "amount", 2))
    list_select_related = ("area", "pay__post__person")
    search_fields = ("pay__post__person__name", "reason")
    date_hierarchy = "booked_in"
    exclude = ("area",)
    is_kept = staticmethod(lambda correction: correction.is_settled)
