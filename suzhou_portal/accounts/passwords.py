"""What a password must be, beyond Django's own rules.

zxcvbn was tried for what is common: it takes 14 MB in each process and lets `Huawei@123` and
`wuSheLianDong1` pass, since it knows no Chinese; undecorating is a few lines.
"""

import secrets
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils import timezone

from suzhou_portal.accounts.models import FormerPassword, User

# Without those that look alike, since a first password is read from a slip of paper.
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
KINDS = 3
REMEMBERED = 5  # of each account, the present one among them
SHORTEST_WORD = 3


class LengthValidator(MinimumLengthValidator):
    """Django's, whose message of version 5.2 has no Chinese translation yet."""

    def get_error_message(self) -> str:
        return f"密码至少{self.min_length}位。"

    get_help_text = get_error_message


class CharacterKindsValidator:
    """At least three of: lower case, upper case, digits, others (等级保护 password habits)."""

    def validate(self, password: str, user: Any = None) -> None:
        kinds = {(c.islower(), c.isupper(), c.isdigit()) for c in password}
        if len(kinds) < KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        return "密码须含小写字母、大写字母、数字、其他符号中的至少三种。"


# What people here think of first, beside Django's list of what is thought of everywhere.
OF_THIS_SITE = frozenset((
    "admin", "administrator", "guanliyuan", "portal", "menhu", "suzhou", "suzhouqu", "jiuquan",
    "gansu", "zhongguo", "beijing", "wushe", "liandong", "wusheliandong", "shequ", "shegong",
    "jiedao", "minzheng", "zhengfu", "dangjian", "zhiyuan", "cishan", "shehui", "zuzhi", "mima",
    "woaini", "woai", "huanying", "huawei", "weixin", "zhuren", "shuji", "xitong", "ceshi",
    "test", "user", "abc",
))  # fmt: skip
_LEET = str.maketrans("@48310!5$7", "aabeioisst")
_UNSHIFTED = str.maketrans("!@#$%^&*()", "1234567890")
MOST_WORDS = 2  # of three and more nobody guesses the order


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """Django's, which is not misled by what everybody adds: capitals, a year, `@123`, 0 for o."""

    def validate(self, password: str, user: Any = None) -> None:
        if any(self._common(text) for text in _undecorated(password)):
            raise ValidationError(self.get_help_text(), code="password_too_common")

    def get_help_text(self) -> str:
        return "密码不能太常见：去掉大小写、数字和符号后，不能是常用的词、地名或键位。"

    def _common(self, text: str, words: int = MOST_WORDS) -> bool:
        """Whether it is a common password, or that many words of which each is one."""
        if text in self.passwords or text in OF_THIS_SITE:
            return True
        return words > 1 and any(
            self._common(text[:cut], 1) and self._common(text[cut:], words - 1)
            for cut in range(SHORTEST_WORD, len(text) - SHORTEST_WORD + 1)
        )


def _undecorated(password: str) -> Iterator[str]:
    """The words that a password may have been before it was decorated."""
    text = password.casefold().strip()
    yield text
    yield _only(str.isalnum, text)
    yield text.translate(_UNSHIFTED)
    core = text.strip("".join(one for one in text if not one.isalpha()))
    yield _only(str.isalpha, core)
    yield _only(str.isalpha, core.translate(_LEET))
    yield _only(str.isalpha, text.translate(_LEET))


def _only(kind: Callable[[str], bool], text: str) -> str:
    return "".join(filter(kind, text))


class HistoryValidator:
    """Refuses the last few passwords: an old one may be known, and would be back at once."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        former = FormerPassword.objects.filter(user=user)[:REMEMBERED]
        if any(check_password(password, one.password) for one in former):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Remember it, as its hash alone."""
        FormerPassword.objects.create(user=user, password=user.password)
        mine = FormerPassword.objects.filter(user=user)
        mine.exclude(pk__in=[one.pk for one in mine[:REMEMBERED]]).delete()

    def get_help_text(self) -> str:
        return f"密码不能与最近用过的{REMEMBERED}个相同。"


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
