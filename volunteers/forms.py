"""What volunteers fill in themselves, without an account."""

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.utils import timezone

from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.areas import former_names
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.fields import TYPED_PHONE
from suzhou_portal.form_parts import inside_a_form
from volunteers.models import Volunteer, VolunteerApplication


class WhoForm(forms.Form):
    """A volunteer, by number and phone."""

    number = forms.CharField(
        label="志愿者编号", max_length=20, help_text="V和8位数字，问队伍或社区。"
    )
    phone = forms.CharField(label="登记的电话", max_length=TYPED_PHONE)

    @property
    def helper(self) -> FormHelper:
        return inside_a_form()

    def volunteer(self) -> Volunteer | None:
        """Whoever both belong to; None, and nothing says which of them was wrong."""
        found = Volunteer.objects.numbered(self.cleaned_data["number"]).filter(left_on__isnull=True)
        return found.filter(phone=self.cleaned_data["phone"]).first()


class ApplicationForm(ChineseForm):
    """Somebody who wants to volunteer: no more than it takes to call them."""

    class Meta:
        model = VolunteerApplication
        fields = ("name", "phone", "area", "skills", "agreed")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        inside = Area.objects.inside(settings.PORTAL_AREA).in_force(timezone.localdate())
        communities = inside.filter(level=Level.COMMUNITY).order_by("code")
        self.fields["area"] = forms.ModelChoiceField(communities, label="您所在的社区")
        former_names.label(self.fields["area"])
        self.fields["agreed"].required = True
        self.helper = inside_a_form()


class ApplicationCodeForm(forms.Form):
    """The code given with an application."""

    code = forms.CharField(label="查询码", max_length=30, help_text="登记时给您的16位字母和数字。")

    @property
    def helper(self) -> FormHelper:
        return inside_a_form()


class CertificateCodeForm(forms.Form):
    """The code of a certificate."""

    code = forms.CharField(label="验证码", max_length=30, help_text="证明上的16位字母和数字。")

    @property
    def helper(self) -> FormHelper:
        return inside_a_form()
