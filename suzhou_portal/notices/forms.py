"""The form of a person's address for mail."""

from django import forms

from suzhou_portal.notices.models import MailAddress


class MailAddressForm(forms.ModelForm):
    """An address; left blank, no mail is sent."""

    address = forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=100,
        help_text="留空则不发邮件。邮件只说有几条通知和在哪里看，不写内容；每小时最多一封。",
        error_messages={"invalid": "请填写正确的邮箱地址，如 name@example.cn。"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    class Meta:
        model = MailAddress
        fields = ("address",)
