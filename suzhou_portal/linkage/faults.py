"""找错: anybody says what is wrong on a page, and it reaches whoever keeps that page."""

import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from charity.models import CharityProject, CharityResource
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.accounts.limits import Secret
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.scope import area_of
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.linkage.models import PageFault
from suzhou_portal.linkage.residents import acting_as
from suzhou_portal.records.kinds import kinds

FLOOD = Secret("linkage.pagefault", "提出网页纠错（计次）")
TOO_OFTEN = f"提出得太多了，请过{settings.LOCKOUT_MINUTES}分钟再试。"
RECORDS = {
    "service": ServiceItem, "organization": SocialOrganization,
    "charity_project": CharityProject, "charity_trace": CharityResource,
}  # fmt: skip


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
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def clean_page(self) -> str:
        """The address within the portal, however it was copied. Raises ValidationError for another's."""
        typed = urlsplit(self.cleaned_data["page"])
        if not typed.path.startswith("/"):
            raise ValidationError("请填写本站网页的地址，如 /services/。")
        return f"{typed.path}?{typed.query}" if typed.query else typed.path

    def save(self, commit: bool = True) -> PageFault:
        """The number of the page goes with it: sent twice, it stands once."""
        self.instance.sent = self.cleaned_data["sent"]
        try:
            with transaction.atomic():
                return super().save(commit)
        except IntegrityError:
            before = PageFault.objects.filter(sent=self.instance.sent).first()
            if before is None:
                raise
            return before


@login_not_required
@never_cache
@acting_as("网页访客")
def page_fault(request: HttpRequest) -> HttpResponse:
    """Say what is wrong on a page; afterwards, that it arrived and who looks at it."""
    form = FaultForm(request.POST or None, initial={"page": request.GET.get("page", "")})
    if form.is_valid():
        if FLOOD.is_guessed():
            form.add_error(None, TOO_OFTEN)
        else:
            FLOOD.note()
            fault = form.instance
            fault.area = stands_in(fault.page)
            fault.is_demo = demonstration(request) is not None
            form.save()
            return redirect(f"{reverse('page_fault')}?sent={fault.area_id}")
    whose = area_of(request.GET.get("sent", "")[:15])
    return render(request, "linkage/fault.html", {"form": form, "whose": whose})


def stands_in(address: str) -> Area:
    """The division that a page of the portal is about, or whose record it shows; else the portal's own."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return _portal()
    code = match.kwargs.get("code") or parse_qs(parts.query).get("area", [""])[0]
    if model := _shown_by(match):
        record = model._default_manager.filter(pk=match.kwargs["pk"]).select_related("area").first()
        code = record.area_id if record else ""
    area = area_of(code) if contains(settings.PORTAL_AREA, code) else None
    return area if area and area.exists_on(timezone.localdate()) else _portal()


def _shown_by(match: Any) -> Any:
    """The kind of record that a page shows; None where it shows none."""
    if match.url_name == "public_record":
        return next((one.model for one in kinds.public() if one.name == match.kwargs["name"]), None)
    return RECORDS.get(match.url_name)


def _portal() -> Area:
    return Area.objects.get(pk=settings.PORTAL_AREA)
