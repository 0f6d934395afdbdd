"""The forms of signing in, and of what guards it."""

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

WRONG = "账号或密码不正确。请核对后再试；多次失败会暂时锁定。"


class SignInForm(AuthenticationForm):
    """Account and password."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["password"].label = "密码"


class NewPasswordForm(PasswordChangeForm):
    """The old password and a different new one."""

    error_messages = PasswordChangeForm.error_messages | {
        "password_incorrect": "您的旧密码不正确，请重新输入。"
    }

    def clean_new_password1(self):
        """The new password; the old one again is refused."""
        new = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise ValidationError("新密码不能与原密码相同。")
        return new


class CodeForm(forms.Form):
    """A code of six digits."""

    code = forms.RegexField(
        r"^\d{6}$",
        label="验证码",
        error_messages={"invalid": "验证码是6位数字。", "required": "请输入验证码。"},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 6}
        ),
    )
