"""What residents fill in themselves, without an account, on a phone."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from organizations.models import ServiceItem
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.desks.forms import WIDGETS
from suzhou_portal.fields import TYPED_PHONE
from suzhou_portal.form_parts import inside_a_form
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.linkage.enums.requests import LOWEST_CONTENT, REQUEST, Channel, Score
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.lists import key_of

NOT_DONE = "0"
MOST_A_DAY = 10  # requests of one phone
PRIVACY = (
    "我同意社区为办理这件事使用上面的信息。姓名、电话和住址不公开；只有社区和指导它的街道、区，以及接单的组织或队伍在办理期间看得到；"
    f"办结{settings.PERSONAL_DATA_MONTHS}个月后，姓名、电话和住址删除。需要什么里请不要写别人的隐私。"
)


class _Plain(forms.Form):
    @property
    def helper(self) -> FormHelper:
        return inside_a_form()


def _as_kept(typed: str) -> str:
    """A phone as requests keep it. Raises ValidationError for what is none."""
    field: Any = ServiceRequest._meta.get_field("phone")
    return str(field.clean(typed, None)) if typed else ""


class PhoneForm(_Plain):
    """The phone to which a code is sent."""

    phone = ServiceRequest._meta.get_field("phone").formfield(
        label="您的电话",
        required=True,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        """The number as it is kept. Raises ValidationError for what is none."""
        return _as_kept(self.cleaned_data["phone"])


class PhoneCodeForm(_Plain):
    """The code that came by short message."""

    code = forms.CharField(
        label="短信里的6位数字", max_length=10,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Digits, whatever was typed between them."""
        return "".join(filter(str.isdecimal, self.cleaned_data["code"]))


class FindForm(_Plain):
    """A request, by its number and the phone it was made with, or by number and the receipt's code."""

    number = forms.CharField(
        label="单号", max_length=20, widget=forms.TextInput({"inputmode": "numeric"})
    )
    phone = forms.CharField(label="提出时的电话", max_length=TYPED_PHONE, required=False)
    code = forms.CharField(
        label="回执码", max_length=30, required=False,
        help_text="没有电话的，填纸质回执上的16位字母和数字。",
    )  # fmt: skip

    def clean_phone(self) -> str:
        """The number as it is kept; blank where the code is given."""
        return _as_kept(self.cleaned_data["phone"])

    def clean(self):
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["phone"]) == bool(cleaned["code"]):
            raise ValidationError("请填写电话，或者回执码，填一个。")
        return cleaned

    def found(self) -> ServiceRequest | None:
        """The request that both belong to; None, and nothing says which of them was wrong."""
        key = key_of(self.cleaned_data["number"].strip().lstrip("0"))
        known = (
            ServiceRequest.objects.filter(pk=key)
            if key is not None
            else ServiceRequest.objects.none()
        )
        code = self.cleaned_data["code"].replace(" ", "").upper()
        mine = {"code": code} if code else {"phone": self.cleaned_data["phone"]}
        return known.filter(**mine).first()


class AskForm(ChineseForm):
    """What a resident asks for; the phone is known already."""

    sent = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = ServiceRequest
        fields = (
            "area", "service", "kind", "content", "wished_on", "wished_at", "name", "address",
            "on_behalf", "agreed",
        )  # fmt: skip
        widgets = {
            "service": forms.HiddenInput,
            "content": forms.Textarea({"rows": 4, "maxlength": 1000}),
            "wished_on": WIDGETS[models.DateField](),
        }

    def __init__(self, *args: Any, service: ServiceItem | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Area.objects.inside(settings.PORTAL_AREA).in_force(timezone.localdate())
        communities = inside.filter(level=Level.COMMUNITY).order_by("code")
        area: Any = self.fields["area"]
        area.queryset, area.label = communities, "您住在哪个社区"
        self.fields["content"].label = "您需要什么，请写清楚"
        self.fields["name"].required = self.fields["agreed"].required = True
        self.fields["agreed"].label = PRIVACY
        self.fields["sent"].initial = uuid.uuid4
        self.fields["kind"].label = "哪一类（说不清的选“其他”）"
        if service is None:
            del self.fields["service"]
        else:
            del self.fields["kind"]
            offered: Any = self.fields["service"]
            offered.queryset = ServiceItem.objects.filter(pk=service.pk)
        self.helper = inside_a_form()

    def asked_by(self, phone: str, *, is_demo: bool) -> None:
        """Note who asks, before the form is checked."""
        self.instance.channel, self.instance.phone, self.instance.is_demo = (
            Channel.ONLINE,
            phone,
            is_demo,
        )

    def clean(self):
        """Nobody has more to ask on one day than an office could read."""
        cleaned = super().clean()
        today = ServiceRequest.objects.filter(
            phone=self.instance.phone, created_at__date=timezone.localdate(), channel=Channel.ONLINE
        ).exclude(sent=self.cleaned_data.get("sent") or uuid.uuid4())
        if today.count() >= MOST_A_DAY:
            raise ValidationError(f"这个电话今天已提出{MOST_A_DAY}件，请明天再提，或拨打社区电话。")
        return cleaned

    def save(self, commit: bool = True) -> ServiceRequest:
        """The number of the page goes with it: sent twice, it stands once."""
        self.instance.sent = self.cleaned_data["sent"]
        return super().save(commit)


class RatingForm(_Plain):
    """What the resident says of it; nothing is preset."""

    answer = forms.ChoiceField(
        label="办得怎么样",
        choices=[*[(str(one.value), one.label) for one in reversed(Score)], (NOT_DONE, "没有办")],
        widget=forms.RadioSelect,
    )
    comment = ServiceRequest._meta.get_field("comment").formfield(label="想说的话（可不填）")

    @property
    def step(self) -> tuple[Move, dict[str, Any]]:
        """The step that the answer is, with what it fills in."""
        answer, comment = self.cleaned_data["answer"], self.cleaned_data["comment"]
        if answer == NOT_DONE:
            return REQUEST.move("object"), {"not_done": True, "rating": None, "comment": comment}
        rating = int(answer)
        verb = "rate" if rating >= LOWEST_CONTENT else "object"
        said = {"rating": rating, "comment": comment}
        return REQUEST.move(verb), said if verb == "rate" else said | {"not_done": False}


class CancelForm(_Plain):
    """Why it is not needed any more."""

    note = forms.CharField(label="原因（可不填）", max_length=200, required=False)
