"""A person's own notices, and where mail about them goes."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from suzhou_portal.lists import page_of
from suzhou_portal.methods import require_POST, require_safe
from suzhou_portal.notices.forms import MailAddressForm
from suzhou_portal.notices.models import MailAddress, Notice

PAGE_SIZE = 20


def _mine(request: HttpRequest) -> Any:
    user: Any = request.user
    return Notice.objects.filter(user=user)


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What the person is told: unread first, then the latest read."""
    page = page_of(request, _mine(request).select_related("area"), PAGE_SIZE)
    lines = [(one, one.said_to(request.user)) for one in page]
    context = {"page": page, "lines": lines, "now": timezone.now().isoformat()}
    return render(request, "notices/inbox.html", context)


@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one as read, and go where it leads; with `stay`, back to the inbox."""
    notice = get_object_or_404(_mine(request), pk=pk)
    _read(_mine(request).filter(pk=notice.pk))
    return redirect("notices" if "stay" in request.POST else notice.url)


@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark all as read that were told when the page was shown: a later one has not been seen."""
    until = _moment(request.POST.get("until", ""))
    if until is None:
        raise BadRequest("页面已过期，请重新打开“我的通知”。")
    _read(_mine(request).filter(at__lte=until))
    return redirect("notices")


def _moment(text: str) -> datetime.datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


@transaction.atomic
def _read(notices: Any) -> None:
    # What is being told again this moment stays unread, and is not waited for.
    free = notices.unread().order_by().select_for_update(skip_locked=True)
    notices.filter(pk__in=free.values("pk")).update(read_at=timezone.now())


def mail(request: HttpRequest) -> HttpResponse:
    """Where mail goes that says there are notices, or that none is wanted."""
    user: Any = request.user
    stored = MailAddress.objects.filter(pk=user.pk).first()
    form = MailAddressForm(request.POST or None, instance=stored)
    if request.method == "POST" and form.is_valid():
        _keep(user.pk, form.cleaned_data["address"])
        messages.success(request, "通知邮箱已保存。")
        return redirect("account")
    context = {"form": form, "sends": settings.SENDS_MAIL, "kept_as": "通知邮箱"}
    return TemplateResponse(request, "notices/mail.html", context)


def _keep(user: int, address: str) -> None:
    if address:
        MailAddress.objects.update_or_create(pk=user, defaults={"address": address})
    else:
        MailAddress.objects.filter(pk=user).delete()
