"""The pages on which divisions begin, end and are renamed, and which tell what was decided of them."""

import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone

from suzhou_portal.accounts.act_forms import FORMS, AccountsForm
from suzhou_portal.accounts.acts import carry_out
from suzhou_portal.accounts.models import User
from suzhou_portal.accounts.withdrawals import in_the_way, offered, withdraw
from suzhou_portal.areas import codes
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.enums import ChangeKind
from suzhou_portal.areas.models import Area
from suzhou_portal.caching.followed import remembered
from suzhou_portal.lists import page_of
from suzhou_portal.methods import for_anybody

CHANGES_SHOWN = 50
TOLD_DAYS = 30  # so long work pages tell of an act, from its day or from when it was entered

MAY_DECIDE = "areas.add_divisionchange"


@for_anybody
def divisions(request: HttpRequest) -> HttpResponse:
    """What was decided of the portal's divisions, latest first."""
    inside = codes.inside("area__code", [settings.PORTAL_AREA])
    # A division whose founding was withdrawn is nowhere.
    changes = DivisionChange.objects.filter(inside | Q(area=None))
    changes = changes.select_related("area", "other", "withdrawn_by")
    may_add = request.user.has_perm(MAY_DECIDE)
    page = page_of(request, changes, CHANGES_SHOWN)
    context = {
        "page": page,
        "kinds": may_add and [*FORMS],
        "withdrawable": [
            one.pk for one in page.object_list if may_add and offered(request.user, one)
        ],
    }
    return render(request, "accounts/divisions.html", context)


@permission_required(MAY_DECIDE, raise_exception=True)
def division_change(request: HttpRequest) -> HttpResponse:
    """An act of the `?kind=`: filled in, then shown with all that follows, then carried out."""
    try:
        kind = ChangeKind(request.GET.get("kind", ChangeKind.MERGED))
    except ValueError as error:
        raise BadRequest("没有这种区划变更。") from error
    with transaction.atomic():
        if request.method == "POST":
            _one_at_a_time()
        form = FORMS[kind](request.user, request.POST or None, initial=request.GET.dict())
        context = {
            "kinds": [*FORMS], "kind": kind, "form": form, "kept_as": f"办理区划{kind.label}",
        }  # fmt: skip
        if form.is_valid():
            act, confirmed = form.act(), "confirmed" in request.POST
            accounts = AccountsForm(act, request.POST if confirmed else None)
            if accounts.is_valid():
                carry_out(act, request.user, accounts.destinations)  # type: ignore[arg-type]
                messages.success(request, f"已办理：{'；'.join(map(str, act.changes))}。")
                return redirect("divisions")
            context |= {"act": act, "accounts": accounts}
        return TemplateResponse(request, "accounts/division_change.html", context)


@permission_required(MAY_DECIDE, raise_exception=True)
@transaction.atomic
def withdraw_division_change(request: HttpRequest, pk: int) -> HttpResponse:
    """An act of one's own, shown with what stands in the way or with what is put back, then withdrawn."""
    if request.method == "POST":
        _one_at_a_time()
    acts = DivisionChange.objects.filter(changed__isnull=False).select_related("area", "other")
    change = get_object_or_404(acts, pk=pk)
    if change.decided_by_id != request.user.pk:
        raise PermissionDenied("区划变更只能由办理人本人在当日撤回。")
    problems = in_the_way(change)
    if request.method == "POST" and not problems:
        withdraw(change, request.user)  # type: ignore[arg-type]
        messages.success(request, f"已撤回：{change}。")
        return redirect("divisions")
    rows = DivisionChange.objects.filter(act=change.act).select_related("area", "other")
    context = {"change": change, "rows": rows.order_by("pk"), "problems": problems}
    return render(request, "accounts/withdraw_division_change.html", context)


def _one_at_a_time() -> None:
    """One act at a time, so that none rests on what another ends."""
    Area.objects.select_for_update(no_key=True).get(pk=settings.PORTAL_AREA)


def told_to(user: User) -> list[DivisionChange]:
    """The late acts about divisions in which the person works, or which lie around or inside these."""
    held = [one.area_id for one in user.current_assignments]
    key = ("told of divisions", *held, timezone.localdate())
    return remembered(key, [Area, DivisionChange, User], lambda: _late(held))


def _late(held: list[str]) -> list[DivisionChange]:
    around = {line for code in held for line in codes.lineage(code)}
    near = Q()
    for name in ("area", "other"):
        near |= codes.inside(f"{name}__code", held) | Q(**{f"{name}__in": around})
    since = timezone.localdate() - datetime.timedelta(days=TOLD_DAYS)
    late = Q(effective_on__gte=since) | Q(recorded_at__date__gte=since)
    acts = DivisionChange.objects.upheld().filter(near, late)
    return list(acts.select_related("area", "other"))
