"""The pages on which a quarter's reviews are entered and a month's pay is computed."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from communities import payroll
from communities.enums.pay import PeriodState
from communities.models import PayPeriod, PayScheme, PerformanceReview, Post
from communities.models.reviews import quarter_end
from communities.sheets import EntrySheet, RowForm, fill
from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.figures.scope import demonstration, site_as_of
from suzhou_portal.form_parts import inside_a_form
from suzhou_portal.months import quarter_before


class MonthForm(forms.Form):
    """Which month to compute or check."""

    period = forms.ModelChoiceField(
        label="月份", queryset=PayPeriod.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, periods: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = periods  # type: ignore[attr-defined]
        self.helper = inside_a_form()


@permission_required("communities.add_paymonth", raise_exception=True)
def compute(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show what each full-time post is paid, would be paid, and lacks; on confirming, keep it.

    Whoever checks a month sees the same table.
    """
    periods = PayPeriod.objects.visible_to(request.user, "change")
    periods = periods.select_related("area").order_by("-month", "area_id")
    period = get_object_or_404(periods, pk=pk) if pk else _chosen(request, periods)
    if request.method == "POST" and period is not None:
        return _confirm(request, period)
    context: dict[str, Any] = {"period": period}
    if period is not None:
        context |= _preview(period)
        context["form"] = MonthForm(periods=periods, initial={"period": period})
    return render(request, "communities/payroll.html", context)


@permission_required("communities.view_paymonth", raise_exception=True)
def check(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Compare the pay kept for a month with what the scheme in force gives, and show what differs."""
    periods = PayPeriod.objects.visible_to(request.user).select_related("area")
    periods = periods.order_by("-month", "area_id")
    period = get_object_or_404(periods, pk=pk) if pk else _chosen(request, periods)
    context: dict[str, Any] = {"period": period}
    if period is not None:
        found = payroll.differences(period)
        _looked(period, f"薪酬与方案核对表，{len(found)}人")
        context |= {
            "differences": found,
            "kept": payroll.pay_of(period).count(),
            "scheme": PayScheme.objects.in_force(period.month, period.area_id),
            "form": MonthForm(periods=periods, initial={"period": period}),
        }
    return render(request, "communities/pay_check.html", context)


def _looked(period: PayPeriod, note: str) -> None:
    trail.record(
        Action.LOOK,
        model=PayPeriod._meta.label_lower,
        object_id=str(period.pk),
        area_code=period.area_id,
        note=note,
    )


def _chosen(request: HttpRequest, periods: QuerySet) -> PayPeriod | None:
    data = request.POST if request.method == "POST" else request.GET
    if "period" not in data:
        return periods.filter(state=PeriodState.DRAFTING).first()
    form = MonthForm(data, periods=periods)
    if not form.is_valid():
        raise BadRequest("没有这个月份。")
    return form.cleaned_data["period"]


def _confirm(request: HttpRequest, period: PayPeriod) -> HttpResponse:
    if not request.user.has_perm("communities.add_paymonth", period):
        raise PermissionDenied(f"{request.user} may not pay in {period.area_id}")
    written = payroll.write(period, request.POST.get("seen", ""), by=request.user)
    if written is None:
        messages.warning(
            request, "您查看之后，任职、考核或方案有变化，没有写入。请核对下表后再确认。"
        )
    else:
        messages.success(request, f"已写入{period.month_name}薪酬{written}条。")
    return redirect(f"{reverse('payroll')}?period={period.pk}")


def _preview(period: PayPeriod) -> dict[str, Any]:
    lines = payroll.lines(period)
    new = [line for line in lines if line.is_new]
    kept = [line.kept for line in lines if line.kept is not None]
    _looked(period, f"薪酬表，{len(lines)}人")
    return {
        "lines": lines,
        "seen": payroll.digest(lines),
        "scheme": PayScheme.objects.in_force(period.month, period.area_id),
        "quarter": quarter_before(period.month),
        "new": len(new),
        "total": sum(line.gross for line in new if line.gross is not None),
        "missing": sum(line.kept is None and bool(line.missing) for line in lines),
        "kept": len(kept),
        "kept_total": sum(pay.gross for pay in kept),
        "corrections": payroll.corrections_of(period).select_related("pay__post__person"),
        "drafting": period.state == PeriodState.DRAFTING,
    }


class ReviewForm(RowForm):
    """One person's quarter."""

    told = ("post", "area")

    class Meta:
        model = PerformanceReview
        fields = ("grade", "remark")


REVIEWS = EntrySheet(
    title="季度考核表",
    lead="逐人改定等次和评语。保存后由街道或区级确认；已确认的不在表中。",
    form=ReviewForm,
    headings=("任职", "所属地区", "考核等次", "评语"),
    shortcuts={},
    saved="考核已保存，改动",
)


@permission_required("communities.add_performancereview", raise_exception=True)
def review_sheet(request: HttpRequest) -> HttpResponse:
    """The last full quarter's reviews that nobody has confirmed yet, all on one page."""
    year, quarter = quarter_before(site_as_of(request))
    posts = _unreviewed(request, year, quarter)
    if "begin" in request.POST:
        _begin(request, posts, year, quarter)
        return redirect("review_sheet")
    records = PerformanceReview.objects.visible_to(request.user, "change").open()
    records = records.filter(year=year, quarter=quarter).select_related("post__person", "area")
    extra = {"period_name": f"{year}年第{quarter}季度", "unreviewed": len(posts)}
    return fill(request, REVIEWS, records.order_by("area_id", "pk"), **extra)


def _unreviewed(request: HttpRequest, year: int, quarter: int) -> list[Post]:
    """The posts held at the quarter's end that the person may review and nobody has."""
    area = request.user.areas_for(PerformanceReview, "add")  # type: ignore[union-attr]
    reviewed = PerformanceReview.objects.filter(year=year, quarter=quarter).values("post")
    posts = Post.objects.in_post(quarter_end(year, quarter)).exclude(pk__in=reviewed)
    inside = posts.filter(area__in=Area.objects.filter(area))
    return list(inside.select_related("area", "person").order_by("area_id", "pk"))


@transaction.atomic
def _begin(request: HttpRequest, posts: list[Post], year: int, quarter: int) -> None:
    """A review for each, 称职 until the community says otherwise and another person confirms."""
    is_demo = demonstration(request) is not None
    for post in posts:
        PerformanceReview.objects.create(post=post, year=year, quarter=quarter, is_demo=is_demo)
    messages.success(request, f"已为{len(posts)}人建立考核，请逐人改定等次。")
