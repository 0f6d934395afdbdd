"""找错: anybody says what is wrong on a page, and it reaches whoever keeps that page."""

import datetime
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from charity.models import CharityProject, CharityResource
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.areas.codes import contains, level_of
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import area_of
from suzhou_portal.figures.scope import demonstration, site_as_of
from suzhou_portal.form_parts import inside_a_form
from suzhou_portal.linkage.models import PageFault
from suzhou_portal.linkage.once_sent import stored_once
from suzhou_portal.linkage.residents import acting_as
from suzhou_portal.records.kinds import kinds

FLOOD = Secret("linkage.pagefault", "提出网页纠错（计次）")
TOO_OFTEN = f"提出得太多了，请过{settings.LOCKOUT_MINUTES}分钟再试。"
# What of an address says which page it is; the rest may tell who looked, or open what is theirs.
KEPT = ("area", "as_of", "period", "category", "part")
# The records that pages show, as far as anybody may see them on a day.
RECORDS: dict[str, Callable[[datetime.date], Any]] = {
    "service": lambda day: ServiceItem.objects.until(day, "published_on"),
    "organization": lambda day: SocialOrganization.objects.until(day, "joined_on"),
    "charity_project": CharityProject.objects.begun,
    "charity_trace": lambda day: CharityResource.objects.until(day, "received_on"),
}
RECORDS["service_poster"] = RECORDS["service"]


class FaultForm(ChineseForm):
    """What is wrong, and where; a phone only from who wants to be asked."""

    sent = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = PageFault
        fields = ("page", "what", "contact", "agreed")
        widgets = {"contact": forms.TextInput({"type": "tel", "autocomplete": "tel"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent"].initial = uuid.uuid4
        self.fields["what"].widget.attrs["rows"] = 4
        self.fields["contact"].label = "联系电话（可不填）"
        self.fields["agreed"].label = (
            "我同意处理的人就这件事与我联系。电话不公开，"
            f"处理完{settings.PERSONAL_DATA_MONTHS}个月后删除。"
        )
        self.helper = inside_a_form()

    def clean_page(self) -> str:
        """The address within the portal, however it was copied. Raises ValidationError for another's."""
        return kept_address(self.cleaned_data["page"])

    def save(self, commit: bool = True) -> PageFault:
        """The number of the page goes with it: sent twice, it stands once."""
        self.instance.sent = self.cleaned_data["sent"]
        sent_before = PageFault.objects.filter(sent=self.instance.sent)
        return stored_once(partial(super().save, commit), sent_before)


@login_not_required
@never_cache
@acting_as("网页访客")
def page_fault(request: HttpRequest) -> HttpResponse:
    """Say what is wrong on a page; afterwards, that it arrived and who looks at it."""
    form = FaultForm(request.POST or None, initial={"page": _asked(request)})
    if form.is_valid():
        if FLOOD.is_guessed():
            form.add_error(None, TOO_OFTEN)
        else:
            FLOOD.note()
            fault = form.instance
            fault.area = stands_in(fault.page, site_as_of(request))
            fault.is_demo = demonstration(request) is not None
            form.save()
            return redirect(f"{reverse('page_fault')}?sent={fault.area_id}")
    whose = area_of(_code(request.GET.get("sent", "")))
    return render(request, "linkage/fault.html", {"form": form, "whose": whose})


def kept_address(address: str) -> str:
    """The page of the portal that an address leads to, without what of it is a reader's own. Raises
    ValidationError for another site's.
    """
    try:
        typed = urlsplit(address)
    except ValueError:
        typed = urlsplit("")
    if not typed.path.startswith("/"):
        raise ValidationError("请填写本站网页的地址，如 /services/。")
    kept = [(name, value) for name, value in parse_qsl(typed.query) if name in KEPT]
    return f"{typed.path}?{urlencode(kept)}" if kept else typed.path


def _asked(request: HttpRequest) -> str:
    """The page that somebody came from, for the form; blank where the address says none."""
    try:
        return kept_address(request.GET.get("page", ""))
    except ValidationError:
        return ""


def stands_in(address: str, day: datetime.date) -> Area:
    """The division that a page of the portal is about, or whose record it shows to anybody on that day; else
    the portal's own.
    """
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return _portal()
    code = match.kwargs.get("code") or parse_qs(parts.query).get("area", [""])[0]
    if shown := _shown_by(match):
        record = shown(day).filter(pk=match.kwargs["pk"]).select_related("area").first()
        code = record.area_id if record else ""
    code = _code(code)
    area = area_of(code) if contains(settings.PORTAL_AREA, code) else None
    return area if area and area.exists_on(timezone.localdate()) else _portal()


def _code(text: str) -> str:
    """A division's code; blank for what is none."""
    with suppress(ValueError):
        level_of(text)
        return text
    return ""


def _shown_by(match: Any) -> Callable[[datetime.date], Any] | None:
    """The records of which a page shows one; None where it shows none."""
    if match.url_name in ("public_record", "poster"):
        named = (one.public for one in kinds.public() if one.name == match.kwargs["name"])
        return next((public.records for public in named if public), None)
    return RECORDS.get(match.url_name)


def _portal() -> Area:
    return Area.objects.get(pk=settings.PORTAL_AREA)
