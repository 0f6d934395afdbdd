"""What a volunteer does without an account: sign up, look at hours, dispute them, get a certificate.

Number and phone open the page for a quarter of an hour. Nobody learns from it which numbers exist:
failures are counted by address together with failed sign-ins.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.views import locked_out
from suzhou_portal.areas.codes import district_of
from suzhou_portal.desks.printing import answer
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lists import key_of
from suzhou_portal.methods import for_anybody
from volunteers.enums.service import ActivityState
from volunteers.forms import CertificateCodeForm, WhoForm
from volunteers.models import Activity, Service, ServiceCertificate, Volunteer
from volunteers.models.certificates import valid
from volunteers.models.people import hours, stars
from volunteers.printed import CERTIFICATE

OF_VOLUNTEERS = Secret("volunteers.volunteer", "志愿者编号与电话不符")
OF_CERTIFICATES = Secret("volunteers.servicecertificate", "没有这个验证码的证明")
SALT, SECONDS = "volunteers.mine", 15 * 60
VERBS = {"withdraw": "已取消报名。", "dispute": "异议已提交，由社区核实。"}


@login_not_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """The volunteer's own page, or the question who it is."""
    if "token" in request.POST:
        return _own_page(request)
    form = WhoForm(request.POST or None)
    if request.method == "POST" and OF_VOLUNTEERS.is_guessed(_asked_for(request)):
        form.add_error(None, f"查询失败次数过多，请过{settings.LOCKOUT_MINUTES}分钟再试。")
    elif form.is_valid():
        volunteer = form.volunteer()
        if volunteer is not None:
            return _shown(request, volunteer)
        OF_VOLUNTEERS.note(_asked_for(request))
        form.add_error(None, "编号与电话不符，或者没有这位志愿者。请核对，或问所在队伍、社区。")
    return render(request, "volunteers/who.html", {"form": form})


@for_anybody
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is genuine, for anybody who has its code."""
    form = CertificateCodeForm(request.GET or None)
    asked = form.is_valid()
    if asked and OF_CERTIFICATES.is_guessed():
        return locked_out(request)
    certificate = valid(form.cleaned_data["code"]) if asked else None
    if asked and certificate is None:
        OF_CERTIFICATES.note()
    context = {"form": form, "asked": asked, "certificate": certificate}
    return render(request, "volunteers/verify.html", context)


def _asked_for(request: HttpRequest) -> str:
    """The volunteer somebody asks for, however the number is written."""
    key = key_of(request.POST.get("number", "").strip().upper().removeprefix("V"))
    return "" if key is None else str(key)


def _own_page(request: HttpRequest) -> HttpResponse:
    try:
        key = signing.loads(request.POST["token"], salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        messages.warning(request, "停留时间过长，请重新填写编号和电话。")
        return redirect("my_service")
    volunteer = get_object_or_404(Volunteer.objects.filter(left_on__isnull=True), pk=key)
    if "certificate" in request.POST:
        return _certified(request, volunteer)
    try:
        with transaction.atomic():
            messages.success(request, _act(request, volunteer))
    except ValidationError as error:
        messages.error(request, "".join(error.messages))
    except IntegrityError:
        messages.error(request, "刚刚有人报了名，名额已满，或者您已经报名。")
    return _shown(request, volunteer)


def _act(request: HttpRequest, volunteer: Volunteer) -> str:
    if "sign_up" in request.POST:
        activity = get_object_or_404(_open_to(volunteer), pk=key_of(request.POST["sign_up"]))
        service = Service(activity=activity, volunteer=volunteer, area_id=activity.area_id)
        service.is_demo = demonstration(request) is not None
        service.check_rules()
        with vouched(activity):
            service.save()
        return f"已报名“{activity}”，{activity.when}，{activity.place}。"
    for verb, done in VERBS.items():
        if verb in request.POST:
            service = get_object_or_404(volunteer.services, pk=key_of(request.POST[verb]))
            reason = request.POST.get("reason", "").strip()
            note = f"本人：{reason}" if reason else ""
            take(service, verb, note=note)
            return done
    return "请选择要办理的事。"


@transaction.atomic
def _certified(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    """A certificate of all that is certified; the same one while nothing was added."""
    Volunteer.objects.select_for_update().get(pk=volunteer.pk)  # of two at once the second finds it
    given = volunteer.services.filter(state="certified").order_by("held_on")
    first, last = given.first(), given.last()
    if first is None or last is None:
        messages.error(request, "还没有已认定的服务时长，不能出具证明。")
        return _shown(request, volunteer)
    issued = ServiceCertificate(
        volunteer=volunteer, area_id=volunteer.area_id, from_on=first.held_on, to_on=last.held_on,
        is_demo=volunteer.is_demo,
    )  # fmt: skip
    issued.clean()
    same = ServiceCertificate.objects.filter(
        volunteer=volunteer, from_on=issued.from_on, to_on=issued.to_on, minutes=issued.minutes,
        revoked_on=None,
    ).first()  # fmt: skip
    if same is None:
        with vouched(volunteer):
            issued.save()
    return answer(request, CERTIFICATE, same or issued, "pdf")


def _shown(request: HttpRequest, volunteer: Volunteer) -> HttpResponse:
    services = volunteer.services.select_related("activity", "area").order_by("-held_on", "-pk")
    minutes = sum(one.minutes for one in services if one.state == "certified")
    context: dict[str, Any] = {
        "volunteer": volunteer,
        "token": signing.dumps(volunteer.pk, salt=SALT),
        "services": services,
        "hours": hours(minutes),
        "stars": stars(volunteer, minutes),
        "open": _open_to(volunteer).exclude(
            pk__in=[one.activity_id for one in services if one.state != "withdrawn"]
        ),
    }
    return render(request, "volunteers/mine.html", context)


def _open_to(volunteer: Volunteer):
    district = district_of(volunteer.area_id)
    near = Activity.objects.within(district).in_state(ActivityState.OPEN)
    near = near.filter(held_on__gte=site_date())
    return near.select_related("team", "area").order_by("held_on", "pk")
