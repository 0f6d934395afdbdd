"""Following a request without an account: by number and phone, or by the code on the receipt."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from communities.models import CommunityProfile
from suzhou_portal.accounts.views import locked_out
from suzhou_portal.files.models import Attachment
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.linkage import residents
from suzhou_portal.linkage.asking import show_phone
from suzhou_portal.linkage.enums.requests import REQUEST, RequestState
from suzhou_portal.linkage.forms import CancelForm, FindForm, RatingForm
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.methods import require_POST

_LOOKED_FOR = "resident_looks_for"
CANCELLED = "居民取消。"
_S = RequestState
NEXT: dict[str, str] = {
    _S.SUBMITTED: "社区审核后派给能办的组织或队伍",
    _S.TO_DISPATCH: "社区派给能办的组织、队伍或工作人员",
    _S.ESCALATED: "街道协调谁来办",
    _S.UNMET: "已公开征集能办的组织和队伍；有人认领就会办理",
    _S.DISPATCHED: "承接方接单",
    _S.ACCEPTED: "承接方与您约定时间，上门或联系您",
    _S.IN_SERVICE: "承接方完成服务",
    _S.DONE: "请您评价：办好了没有、满意不满意",
    _S.FOLLOW_UP: "社区打电话回访",
}
# Steps whose reason the resident reads; others are between offices.
_CALLED_OFF = REQUEST.move("cancel").sources
TOLD = ("reject", "list_unmet", "settle", "redo", "cancel")


@login_not_required
@never_cache
@residents.as_resident
def requests(request: HttpRequest) -> HttpResponse:
    """Find one's request; those found lately are at hand."""
    form = FindForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        found = form.found()
        if form.cleaned_data["code"]:
            return _by_receipt(request, form, found)
        # Whether there is one is not said here: who holds the phone learns it.
        phone = form.cleaned_data["phone"]
        request.session[_LOOKED_FOR] = [found.pk if found else 0, phone]
        if phone == residents.phone_of(request):
            return _known(request)
        return redirect("prove_phone")
    mine = ServiceRequest.objects.filter(pk__in=residents.opened_by(request)).order_by("-pk")
    return render(request, "linkage/requests.html", {"form": form, "mine": mine})


def _by_receipt(request: HttpRequest, form: FindForm, found: ServiceRequest | None) -> HttpResponse:
    if residents.UNKNOWN.is_guessed():
        return locked_out(request)
    if found is None:
        residents.UNKNOWN.note()
        form.add_error(None, "没有这个单号和回执码的请求。请核对，或拨打社区电话。")
        return render(request, "linkage/requests.html", {"form": form})
    residents.open_to(request, found, residents.BY_RECEIPT)
    return redirect("request", found.pk)


@login_not_required
@require_POST
def leave_requests(request: HttpRequest) -> HttpResponse:
    """Leave the browser to the next person, or go on with another phone."""
    residents.leave(request)
    return redirect("requests")


@login_not_required
@never_cache
@residents.as_resident
def prove_phone(request: HttpRequest) -> HttpResponse:
    """Show that the phone of a request is one's own; only then is said whether there is such a request."""
    if _LOOKED_FOR not in request.session:
        return redirect("requests")
    _, typed = request.session[_LOOKED_FOR]
    if residents.phone_of(request) == typed:
        return _known(request)
    return show_phone(request, "linkage/prove_phone.html", {}, typed)


def _known(request: HttpRequest) -> HttpResponse:
    (key, _), phone = request.session.pop(_LOOKED_FOR), residents.phone_of(request)
    found = ServiceRequest.objects.filter(pk=key, phone=phone).first()
    if found is None:
        form = FindForm()
        context = {"form": form, "nothing": True}
        return render(request, "linkage/requests.html", context)
    residents.open_to(request, found)
    return redirect("request", found.pk)


@login_not_required
@never_cache
@residents.as_resident
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """One's request: where it stands, every step, what comes next, whom to call, and what one can do."""
    if not residents.is_open_to(request, pk):
        return redirect("requests")
    asked = get_object_or_404(
        ServiceRequest.objects.select_related("area", "service", "organization", "team"), pk=pk
    )
    verb = next((one for one in ("cancel", "rate") if one in request.POST), "")
    rating = RatingForm(request.POST if verb == "rate" else None)
    cancel = CancelForm(request.POST if verb == "cancel" else None)
    if verb and _done(request, asked, verb, rating, cancel):
        return redirect("request", pk)
    context = {
        "asked": asked,
        "next": NEXT.get(asked.state, ""),
        "steps": told(asked),
        "files": Attachment.objects.of(asked).count(),
        "profile": CommunityProfile.objects.filter(area=asked.community_code).first(),
        "rating": rating if asked.state == _S.DONE or rating.errors else None,
        "cancel": cancel if asked.state in _CALLED_OFF or cancel.errors else None,
    }
    return render(request, "linkage/request.html", context)


def _done(
    request: HttpRequest, asked: ServiceRequest, verb: str, rating: RatingForm, cancel: CancelForm
) -> bool:
    form: Any = rating if verb == "rate" else cancel
    if not form.is_valid():
        return False
    try:
        if verb == "rate":
            step, given = rating.step
            take(asked, step.verb, said_by=residents.said_by(request, asked.pk), **given)
        else:
            take(
                asked,
                "cancel",
                said_by=residents.said_by(request, asked.pk),
                note=cancel.cleaned_data["note"] or CANCELLED,
            )
    except ValidationError as error:
        form.add_error(None, "".join(error.messages))
        return False
    return True


def told(asked: ServiceRequest) -> list[dict[str, Any]]:
    """Its history as the resident reads it: each step with its day and who took it, the latest last.

    No person is named: an office, the organization or team, or the resident.
    """
    office = str(asked.area)
    return [
        {"label": step.label, "on": step.taken_on, "who": _who(step, office, asked),
         "note": step.note if step.verb in TOLD else ""}
        for step in reversed(asked.steps())
    ]  # fmt: skip


def _who(step: Step, office: str, asked: ServiceRequest) -> str:
    if step.by_name in (residents.RESIDENT, residents.BY_RECEIPT):
        return step.by_name
    move = next((one for one in asked.lifecycle.moves if one.verb == step.verb), None)
    if move is not None and move.action == "direct":
        return "街道"
    if move is not None and move.action == "handle":
        return "承接方"
    return office
