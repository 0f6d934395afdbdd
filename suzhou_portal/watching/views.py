"""运行状况: what stands how, what it means, and what to do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.accounts.reminders import Alarm, alarming
from suzhou_portal.accounts.roles import permission
from suzhou_portal.service.models import CheckResult, CheckState
from suzhou_portal.watching import every

SEE = permission("view", CheckResult)
TONES = {CheckState.FINE: "good", CheckState.CAUTION: "not_comparable", CheckState.FAULT: "bad"}


def running(request: HttpRequest) -> HttpResponse:
    """As it stands now; sent, it is looked at again and kept, so that 我的工作 says the same."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied("运行状况由系统管理员查看。")
    if request.method == "POST":
        every.keep()
        return redirect("running")
    found = every.look_at_all()
    worse = [one for one in found if one.state != CheckState.FINE]
    context = {
        "worse": [(one, TONES[one.state]) for one in worse],
        "fine": [(one, TONES[one.state]) for one in found if one not in worse],
        "faults": sum(one.state == CheckState.FAULT for one in found),
        "cautions": sum(one.state == CheckState.CAUTION for one in found),
        "last": CheckResult.objects.order_by("-seen_at").first(),
        "now": timezone.now(),
    }
    return render(request, "watching/running.html", context)


@alarming
def something_is_wrong(user: Any) -> Alarm | None:
    """To the administrator: how many faults the last look found, or that nobody has looked for long."""
    if not user.has_perm(SEE):
        return None
    kept = [*CheckResult.objects.all()]
    faults = sum(one.state == CheckState.FAULT for one in kept)
    if faults:
        return f"门户运行有{faults}项故障，请查看怎么办", reverse("running")
    if kept and timezone.now() - max(one.seen_at for one in kept) > every.LATE:
        return "门户的运行状况很久没有检查了", reverse("running")
    return None
