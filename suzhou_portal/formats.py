"""How numbers, money and dates are written for people. Called from Python, once per value."""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from suzhou_portal.cleaning import EXTENSION, code

WAN = Decimal(10_000)
YUAN = "元"
PERCENT = "%"  # of a value kept as a fraction
DASH = "—"
PHONE_DIGITS = 11  # of a mobile number, or a landline number with its area code
# A phone number inside a text: a mobile, also with +86 before it, or a landline with its area code.
# Not a part of a longer number, code or amount; what an address or a log escapes (%20, \n) is none.
_PHONE = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=%[0-9A-Fa-f]{2})|(?<=\\[nrt]))(?<!\d\.)"
    r"((?:(?:\+|00)?86[- ]?)?)"
    r"(1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})"
    r"(?![0-9A-Za-z]|\.\d)",
    re.ASCII,
)


def number(value: Decimal | int, places: int | None = None) -> str:
    """Digits grouped by thousands; without `places`, no trailing zeros and at most two decimals."""
    if places is None:
        return exact(_rounded(Decimal(value), 2))
    return f"{_rounded(Decimal(value), places):,f}"


def exact(value: Decimal | int) -> str:
    """Every digit, grouped by thousands, without trailing zeros."""
    text = f"{Decimal(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: Decimal | int, unit: str) -> tuple[str, str]:
    """A value and its unit as text: see `scaled`."""
    shown, unit = scaled(value, unit)
    return number(shown, 2 if unit == YUAN and value % 1 else None), unit


def is_nothing(difference: Decimal | int, unit: str) -> bool:
    """Whether a difference has no digit as it is written: with two decimals, of a percentage four of its
    fraction.
    """
    return round(Decimal(difference), 4 if unit == PERCENT else 2) == 0


def distance(size: Decimal | int, unit: str) -> str:
    """How far two values are apart, with its unit: percentages so many 百分点."""
    if unit == PERCENT:
        return f"{number(Decimal(size) * 100)}个百分点"
    return "".join(quantity(size, unit))


def scaled(value: Decimal | int, unit: str) -> tuple[Decimal, str]:
    """A value as people read it, to two decimals, and its unit: from 10,000 元 万元, a fraction as %."""
    value = Decimal(value)
    if unit == YUAN and abs(value) >= WAN:
        return _rounded(value / WAN, 2), "万元"
    return _rounded(value * 100 if unit == PERCENT else value, 2), unit


def date(value: datetime.date | None) -> str:
    """YYYY年M月D日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else DASH


def moment(value: datetime.datetime) -> str:
    """A date and time of day here, to the minute."""
    local = timezone.localtime(value)
    return f"{date(local)} {local:%H:%M}"


def dialled(phone: str) -> str:
    """What a tel: link dials: digits, a + before a foreign number, and after a comma, at which phones
    pause, the extension. Blank for what is no number, which can't be called.
    """
    number, _, extension = code(phone).partition(EXTENSION)
    digits = re.sub(r"[-() ]", "", number)
    if not re.fullmatch(r"\+?\d{3,15}", digits, re.ASCII):
        return ""
    return f"{digits},{extension}" if re.fullmatch(r"\d+", extension, re.ASCII) else digits


def masked_phone(phone: str) -> str:
    """A person's number as lists show it: 138****1234; of a short number, the last two digits."""
    number, _, _ = phone.partition(EXTENSION)
    digits = "".join(character for character in number if character.isdigit())
    if len(digits) < PHONE_DIGITS:
        return f"****{digits[-2:]}" if digits else ""
    return f"{digits[:3]}****{digits[-4:]}"


def without_phones(text: str) -> str:
    """A text in which every phone number is masked."""
    return _PHONE.sub(lambda found: found[1] + masked_phone(found[2]), text)


def masked_name(name: str) -> str:
    """A person's name as those see it who need not know it: 张*."""
    return f"{name[:1]}*" if name else ""


def masked(record: Any, column: str) -> str:
    """A masked column of a record, by what its model says it holds."""
    value = getattr(record, column) or ""
    masks = {"phone": masked_phone, "name": masked_name}
    return masks.get(record.masked[column], lambda _: "***")(value)


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
