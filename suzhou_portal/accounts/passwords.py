"""What a password must be, beyond Django's own rules."""

import secrets
from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from suzhou_portal.accounts.models import User

# Without those that look alike, since a first password is read from a slip of paper.
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
KINDS = 3


class LengthValidator(MinimumLengthValidator):
    """Django's, whose message of version 5.2 has no Chinese translation yet."""

    def get_error_message(self) -> str:
        """The rule."""
        return f"密码至少{self.min_length}位。"

    get_help_text = get_error_message


class CharacterKindsValidator:
    """At least three of: lower case, upper case, digits, others (等级保护 password habits)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        kinds = {
            "lower"
            if c.islower()
            else "upper"
            if c.isupper()
            else "digit"
            if c.isdigit()
            else "other"
            for c in password
        }
        if len(kinds) < KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """The rule."""
        return "密码须含小写字母、大写字母、数字、其他符号中的至少三种。"


def one_time_password() -> str:
    """A random password that meets every rule; its owner must change it at once."""
    while True:
        password = "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(3))
        if any(c.isdigit() for c in password) and not password.isupper():
            return password


def give_one_time_password(account: User) -> str:
    """Set a new random password that its owner must change when signing in; returns it."""
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.password_changed_at = timezone.now()
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
    return password
