"""What people write in cells for days, numbers and choices, as a form takes it.

Raises ValidationError, with what to do, for what a spreadsheet has spoiled.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models

from suzhou_portal import formats
from suzhou_portal.cleaning import line
from suzhou_portal.fields import Phone
from suzhou_portal.texts import holdable

SHOWN = 40  # characters of a text that is repeated to whoever wrote it
_GROUPED = re.compile(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?")
_MONEY = re.compile(r"(-?)[¥￥]? *([0-9,，.]+) *[元]?")  # as a ledger shows it
# What a spreadsheet makes of a long number, in which the last digits are lost.
SPOILED = re.compile(r"-?\d(\.\d+)?[Ee]\+\d{1,3}")
SCIENTIFIC = (
    "这是科学计数法，后面的数字已经丢失：请把单元格格式设为“文本”，重新填写完整的号码或数字。"
)
_MIDNIGHT = re.compile(r"(.+?)[T ]+0{1,2}:00(:00(\.0+)?)?", re.DOTALL)
_TIMED = re.compile(r".+\d{1,2}[:：]\d{2}.*", re.DOTALL)
_SPACED_DAY = re.compile(r"(\d{4}) ?[年./、-] ?(\d{1,2}) ?[月./、-] ?(\d{1,2}) ?[日号]?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SERIAL = re.compile(r"[1-9]\d{4}")
_MONTH = re.compile(r"(\d{4})[年./-]?(\d{1,2})[月]?")
_FIRST_DAY = datetime.date(1899, 12, 30)  # of a spreadsheet's numbers of days
_YES = {"是", "√", "✓", "✔", "对", "TRUE", "Y", "YES"}
_NO = {"否", "×", "✗", "✘", "FALSE", "N", "NO"}

Typed = Callable[[str], object]


def is_text(field: models.Field) -> bool:
    """Whether the column takes what people write, and not one of some values."""
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def typed_by(field: models.Field) -> Typed:
    """What turns the texts of a column that is no relation into what its form field takes."""
    typed = _typed_by(field)

    def asked(text: str) -> object:
        holdable(text)
        if SPOILED.fullmatch(text):
            raise ValidationError(SCIENTIFIC)
        return typed(text if is_text(field) else line(text))

    return asked


def _typed_by(field: models.Field) -> Typed:
    if field.choices:
        return _labels(field)
    for kind, typed in (
        (models.BooleanField, _yes_or_no),
        (models.DateField, _day),
        (models.DecimalField, _number),
        (models.IntegerField, _number),
        (Phone, _phone),
    ):
        if isinstance(field, kind):
            return typed
    return str


def _labels(field: models.Field) -> Typed:
    """Choices by what people call them."""
    values = {_plain(str(label)): value for value, label in field.flatchoices}
    offered = "、".join(str(label) for _, label in field.flatchoices)

    def chosen(text: str) -> object:
        if text and _plain(text) not in values:
            raise ValidationError(f"没有“{text[:SHOWN]}”这一项，应为：{offered}。")
        return values.get(_plain(text), "")

    return chosen


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def _yes_or_no(text: str) -> bool:
    known = _plain(text).upper()
    if known not in _YES | _NO:
        raise ValidationError("请填“是”或“否”。")
    return known in _YES


def _number(text: str) -> str:
    if money := _MONEY.fullmatch(text):
        text = money[1] + money[2]
    return re.sub("[,，]", "", text) if _GROUPED.fullmatch(text) else text


def _day(text: str) -> str:
    """A day, with the midnight that a spreadsheet gave it, or the number that it keeps of it."""
    text = unicodedata.normalize("NFKC", text)
    if midnight := _MIDNIGHT.fullmatch(text):
        text = midnight[1]
    if found := _SPACED_DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text):
        return "-".join(found.groups())
    if _SERIAL.fullmatch(text):
        meant = formats.date(_FIRST_DAY + datetime.timedelta(int(text)))
        raise ValidationError(
            f"这是 Excel 内部的日期数字（{meant}）：请把单元格格式改为“日期”，核对后再传。"
        )
    if _TIMED.fullmatch(text):
        raise ValidationError("这一列只填日期，不填时间，如 2023-04-30。")
    if _MONTH.fullmatch(text):
        raise ValidationError("请填完整的日期，写明是哪一日，如 2023-04-30。")
    return text


def _phone(text: str) -> str:
    """A phone number. A landline that a spreadsheet took for a number has lost its first 0."""
    phone = Phone()
    if (
        re.fullmatch(r"[1-9]\d{8,10}", text)
        and not _holds(phone, text)
        and _holds(phone, f"0{text}")
    ):
        meant = phone.to_python(f"0{text}")
        raise ValidationError(
            f"前面的0丢了（可能是{meant}）：请把单元格格式设为“文本”，补上0，核对后再传。"
        )
    return text


def _holds(phone: Phone, text: str) -> bool:
    try:
        phone.run_validators(phone.to_python(text))
    except ValidationError:
        return False
    return True
