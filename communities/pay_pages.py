"""The page on which the personnel office computes a month's pay."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from communities import payroll
from communities.enums import PeriodState
from communities.models import PayPeriod, PayScheme


class MonthForm(forms.Form):
    """Which month to compute: one that is still drawn up."""

    period = forms.ModelChoiceField(
        label="月份", queryset=PayPeriod.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, periods: QuerySet, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["period"].queryset = periods  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


@permission_required("communities.add_paymonth", raise_exception=True)
def compute(request: HttpRequest) -> HttpResponse:
    """Show what each full-time post would be paid and what is missing; on confirming, keep it."""
    periods = PayPeriod.objects.visible_to(request.user, "change").in_state(PeriodState.DRAFTING)
    periods = periods.select_related("area").order_by("-month", "area_id")
    period = _chosen(request, periods)
    if request.method == "POST" and period is not None:
        return _confirm(request, period)
    context: dict[str, Any] = {"period": period}
    if period is not None:
        context |= _preview(period)
        context["form"] = MonthForm(periods=periods, initial={"period": period})
    return render(request, "communities/payroll.html", context)


def _chosen(request: HttpRequest, periods: QuerySet) -> PayPeriod | None:
    data = request.POST if request.method == "POST" else request.GET
    if "period" not in data:
        return periods.first()
    form = MonthForm(data, periods=periods)
    if not form.is_valid():
        raise BadRequest("没有这个月份，或该月已经复核、关账。")
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
    return {
        "lines": lines,
        "seen": payroll.digest(lines),
        "scheme": PayScheme.objects.in_force(period.month, period.area_id),
        "quarter": payroll.quarter_before(period.month),
        "new": len(new),
        "total": sum(line.gross for line in new if line.gross is not None),
        "missing": sum(line.kept is None and bool(line.missing) for line in lines),
        "kept": sum(line.kept is not None for line in lines),
    }
