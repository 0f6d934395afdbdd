"""Fields that know what they hold: whether a day is past or planned, and how a text is spelt.

Forms, the admin, imports and code agree, since each asks the field. To migrations they are the plain
fields of Django, so that what they refuse may change without one.
"""

import datetime
import re
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import lookups
from django.utils import timezone

from suzhou_portal import cleaning, formats

EARLIEST = datetime.date(1949, 10, 1)
TYPED_PHONE = 40  # characters that a form takes for a number, with what people write around it


class PlannedDay(models.DateField):
    """A day that may lie ahead, such as a deadline or a term's end: at most so many years `ahead` from
    today, and never before `earliest`.
    """

    def __init__(
        self, *args: Any, earliest: datetime.date = EARLIEST, ahead: int = 10, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earliest, self.ahead = earliest, ahead

    def validate(self, value: Any, model_instance: Any) -> None:
        """Raises ValidationError for a day that can't be."""
        super().validate(value, model_instance)
        if value is not None:
            self.require_possible(value)

    def require_possible(self, value: datetime.date) -> None:
        """Raises ValidationError for a day that can't be."""
        if value < self.earliest:
            raise ValidationError(f"不能早于{formats.date(self.earliest)}，请核对年份。")
        today = timezone.localdate()
        if value > today.replace(year=today.year + self.ahead, day=min(today.day, 28)):
            raise ValidationError(f"不能晚于今天起{self.ahead}年，请核对年份。")

    def formfield(self, **kwargs: Any) -> Any:
        """A date as phones offer them, unless the form has a widget of its own."""
        widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
        return super().formfield(**{"widget": widget, **kwargs})

    def deconstruct(self) -> Any:
        """Return what migrations keep: a plain date."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class PastDay(PlannedDay):
    """A day on which something happened: not after today, whatever day the site shows."""

    def require_possible(self, value: datetime.date) -> None:
        """Raises ValidationError for a day that can't be."""
        today = timezone.localdate()
        if value > today:
            raise ValidationError(f"不能晚于今天（{formats.date(today)}）。")
        super().require_possible(value)


class WorkingDays(models.PositiveSmallIntegerField):
    """How many working days something may take: 1 to 60."""

    MOST = 60
    SAID = f"应为1至{MOST}个工作日。"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        within = [MinValueValidator(1, self.SAID), MaxValueValidator(self.MOST, self.SAID)]
        super().__init__(*args, **{"validators": within, **kwargs})

    def deconstruct(self) -> Any:
        """Return what migrations keep: a plain number with its limits."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, kwargs


class CleanCharField(forms.CharField):
    """A form's text in one spelling, before its length is asked about."""

    def __init__(self, *args: Any, clean_text: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clean_text = clean_text

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.clean_text(text) if text else text


class Spelt(models.Field):
    """A column whose texts are kept in one spelling, in which they are looked for too.

    `spelt` makes it. A text that `plain` matches is already so, which saves the work.
    """

    spelt: Callable[[str], str]
    plain = re.compile(r"[!-~\u4e00-\u9fff、。《》（），：；！？“”…—〔〕]*")
    kept_as: ClassVar[str]

    def in_one_spelling(self, text: str) -> str:
        """The text as it is kept."""
        return text if self.plain.fullmatch(text) else type(self).spelt(text)

    def to_python(self, value: Any) -> Any:
        """What forms, imports, look-ups and the database are given."""
        text = super().to_python(value)
        return self.in_one_spelling(text) if isinstance(text, str) else text

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        """The record itself has what is saved, as what is worked out from it needs it."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.in_one_spelling(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        made = partial(CleanCharField, clean_text=self.in_one_spelling)
        return super().formfield(**{"form_class": made, **kwargs})

    def deconstruct(self) -> Any:
        """Return what migrations keep: a plain column."""
        name, _, args, kwargs = super().deconstruct()
        return name, self.kept_as, args, kwargs


class _AsKept:
    """Looks for a part of a text in the spelling in which its field keeps texts."""

    lhs: Any
    rhs: Any

    def get_prep_lookup(self) -> Any:
        """The part as the field would keep it."""
        field = self.lhs.output_field
        known = isinstance(self.rhs, str) and isinstance(field, Spelt)
        return field.in_one_spelling(self.rhs) if known else self.rhs


for _lookup in (lookups.Contains, lookups.IContains, lookups.IExact):
    Spelt.register_lookup(type(_lookup.__name__, (_AsKept, _lookup), {}))


Rules = list[Callable[[Any], None]]

_CONTROL = RegexValidator(
    r"\A[^\x7f-\x84\x86-\x9f]*\Z", "含有看不见的控制字符，请删去后重新输入。", code="unholdable"
)
# What a system writes for a character it did not know: in a name a question mark, too.
_LOST = r"\A[^\ufffd]*\Z"
_LOST_IN_NAME = r"\A[^?？□\ufffd]*\Z"
TEXT_RULES: Rules = [
    RegexValidator(_LOST, "有一个字没有读出来（显示为“\ufffd”），请重新输入。"),
    _CONTROL,
]
NAME_RULES: Rules = [
    RegexValidator(_LOST_IN_NAME, "名称中有没有读出来的字（显示为“?”），请补上这个字。"),
    _CONTROL,
]
PERSON_RULES: Rules = [
    RegexValidator(_LOST_IN_NAME, "姓名中有没有读出来的字（显示为“?”），请补上这个字。"),
    _CONTROL,
]
PHONE_RULES: Rules = [
    RegexValidator(
        rf"\A(?:{cleaning.PHONE.pattern})\Z",
        "请填写完整的电话号码：手机11位，座机带区号（如0937-2612345，分机写“转123”），"
        "或400、12345这样的号码。",
        flags=re.ASCII,
    )
]


class Line(Spelt, models.CharField):
    """A text of one line."""

    spelt = staticmethod(cleaning.line)
    kept_as = "django.db.models.CharField"
    default_validators = TEXT_RULES


class Prose(Spelt, models.TextField):
    """A text of many lines."""

    spelt = staticmethod(cleaning.prose)
    kept_as = "django.db.models.TextField"
    default_validators = TEXT_RULES


class Name(Line):
    """What an organization, a team or a place is called."""

    spelt = staticmethod(cleaning.name)
    plain = re.compile(r"[A-Za-z0-9\u4e00-\u9fff（）“”]*")
    default_validators = NAME_RULES


class PersonName(Name):
    """A person's name."""

    spelt = staticmethod(cleaning.person)
    plain = re.compile(r"[\u4e00-\u9fff]*")
    default_validators = PERSON_RULES


class Code(Line):
    """A code, or the number of a document or a receipt, which has no spaces."""

    spelt = staticmethod(cleaning.code)
    plain = re.compile(r"[!-~]*")


class CreditCode(Code):
    """A unified social credit code; what it must be like its record says."""

    spelt = staticmethod(cleaning.upper_code)
    plain = re.compile(r"[0-9A-Z]*")


class DocumentNumber(Code):
    """文号."""

    spelt = staticmethod(cleaning.document_number)
    plain = re.compile(r"[\u4e00-\u9fff]*〔\d{4}〕\d+号")


class Phone(Line):
    """A phone number."""

    spelt = staticmethod(cleaning.phone)
    plain = re.compile(r"1[3-9]\d{9}|0[013-9]\d\d-\d{7,8}", re.ASCII)
    default_validators = PHONE_RULES

    def formfield(self, **kwargs: Any) -> Any:
        """People write +86, brackets and spaces around it."""
        return super().formfield(**{"max_length": TYPED_PHONE, **kwargs})
