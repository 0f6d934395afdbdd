"""点单 without an account: a phone shown to be one's own, then what is needed, then a number to follow it by."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from organizations.models import ServiceItem
from suzhou_portal.desks.forms import FilesForm
from suzhou_portal.desks.saving import keep
from suzhou_portal.figures.scope import demonstration, site_as_of
from suzhou_portal.linkage import residents
from suzhou_portal.linkage.enums.requests import KIND_OF
from suzhou_portal.linkage.forms import AskForm, PhoneCodeForm, PhoneForm
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.once_sent import stored_once
from suzhou_portal.lists import key_of

_ASKED, _TYPED = "resident_asks_code_for", "resident_typed"
TOO_OFTEN = f"发送次数过多，请过{settings.LOCKOUT_MINUTES}分钟再试，或直接拨打社区电话。"
NOT_SENT = "短信没有发出，请稍后再试，或直接拨打社区电话，由工作人员替您登记。"
MOST_FILES = 6


@login_not_required
@never_cache
@residents.as_resident
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a service, or for something nobody offers."""
    if phone := residents.phone_of(request):
        return _ask(request, phone)
    if "sent" in request.POST:  # the page of an hour ago: nothing typed is lost
        typed = {name: request.POST.get(name, "") for name in AskForm.Meta.fields}
        request.session[_TYPED] = typed
        return redirect(request.get_full_path())
    about = {"service": _service(request), "typed": _TYPED in request.session}
    return show_phone(request, "linkage/ask_phone.html", about)


def show_phone(
    request: HttpRequest, template: str, context: dict[str, Any], typed_before: str = ""
) -> HttpResponse:
    """Have a resident show that a phone is theirs: the phone, then the code that was sent to it."""
    told, sent = "", request.session.get(_ASKED, "")
    if typed_before and sent != typed_before:
        sent = ""
    # Who comes back from reading the message finds the question for the code.
    typed = PhoneCodeForm if sent and "phone" not in request.POST else PhoneForm
    form: Any = typed(request.POST or None, initial={"phone": typed_before})
    if isinstance(form, PhoneCodeForm) and form.is_valid():
        if residents.WRONG.is_guessed(residents.subject_of(sent)):
            form.add_error(None, TOO_OFTEN)
        elif residents.knows_code(sent, form.cleaned_data["code"]):
            del request.session[_ASKED]
            residents.remember(request, sent)
            return redirect(request.get_full_path())
        else:
            form.add_error("code", "验证码不正确或已过期。请核对短信，或重新发送。")
    elif isinstance(form, PhoneForm) and form.is_valid():
        sent = form.cleaned_data["phone"]
        if residents.SENT.is_guessed(residents.subject_of(sent)):
            form.add_error(None, TOO_OFTEN)
        else:
            form, told = _sent(request, form, sent)
    by_hand = not settings.SMS_GATEWAY and demonstration(request) is None
    told_so = {"form": form, "phone": sent, "told": told, "by_hand": by_hand}
    return render(request, template, told_so | context)


def _sent(request: HttpRequest, form: Any, phone: str) -> tuple[Any, str]:
    """The form that asks next, and the code where a demonstration tells it."""
    try:
        told = residents.send_code(request, phone)
    except OSError:
        form.add_error(None, NOT_SENT)
        return form, ""
    request.session[_ASKED] = phone
    return PhoneCodeForm(), told


def _service(request: HttpRequest) -> ServiceItem | None:
    key = key_of(request.GET.get("service", ""))
    offered = ServiceItem.objects.within(settings.PORTAL_AREA).listed(site_as_of(request))
    return offered.filter(pk=key).select_related("area", "provider").first() if key else None


def _ask(request: HttpRequest, phone: str) -> HttpResponse:
    residents.remember(request, phone)  # for as long as they go on
    service, sent = _service(request), request.POST or None
    asked = ServiceRequest(service=service, kind=KIND_OF[service.category] if service else "")
    first = {
        "service": service,
        "area": request.GET.get("area"),
        "content": request.GET.get("q", "")[:200],
    } | {name: text for name, text in request.session.get(_TYPED, {}).items() if name != "service"}
    form = AskForm(sent, instance=asked, initial=first, service=service)
    form.asked_by(phone, is_demo=demonstration(request) is not None)
    files = FilesForm(sent, request.FILES or None, record=asked)
    if form.is_valid() and files.is_valid() and (made := _made(form, files, phone)):
        residents.open_to(request, made)
        request.session.pop(_TYPED, None)
        return redirect("request", made.pk)
    gone = bool(request.GET.get("service")) and service is None
    context = {"form": form, "files": files, "service": service, "phone": phone, "gone": gone}
    return render(request, "linkage/ask.html", context)


def _made(form: AskForm, files: FilesForm, phone: str) -> ServiceRequest | None:
    """The request; the one made already where the page was sent before."""
    if len(files.cleaned_data["uploads"]) > MOST_FILES:
        files.add_error("uploads", f"最多{MOST_FILES}个文件。")
        return None

    def store() -> ServiceRequest:
        made = form.save()
        keep(made, files)
        return made

    sent_before = ServiceRequest.objects.filter(sent=form.cleaned_data["sent"], phone=phone)
    return stored_once(store, sent_before)
