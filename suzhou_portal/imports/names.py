"""What a file calls things, and what a form would have been sent for them.

Whatever turns a text into that raises ValidationError, saying what to write instead.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.areas.codes import COUNTRY, prefix_of
from suzhou_portal.areas.former_names import former_names
from suzhou_portal.areas.models import COMMITTEE, Area, AreaRecord
from suzhou_portal.areas.succession import answered_for, require_in_force
from suzhou_portal.cleaning import line
from suzhou_portal.imports.registry import AREA, Ledger
from suzhou_portal.texts import holdable

SHOWN = 40  # characters of a text that is repeated to whoever wrote it
_GROUPED = re.compile(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?")
_MONEY = re.compile(r"(-?)[¥￥]? *([0-9,，.]+) *[元]?")  # as a ledger shows it

Typed = Callable[[str], Any]


def is_text(field: models.Field) -> bool:
    """Whether the column takes what people write, and not one of some values."""
    return isinstance(field, models.CharField | models.TextField) and not field.choices


def typed_by(ledger: Ledger, field: models.Field, user: Any) -> Typed:
    """What turns the column's texts into what its form field takes; of a relation, into the record."""
    typed = _typed_by(ledger, field, user)

    def asked(text: str) -> Any:
        holdable(text)
        return typed(text if is_text(field) else line(text))

    return asked


def _typed_by(ledger: Ledger, field: models.Field, user: Any) -> Typed:
    if field.choices:
        return _labels(field)
    if isinstance(field, models.BooleanField):
        return _yes_or_no
    if isinstance(field, models.DecimalField | models.IntegerField):
        return _number
    if field.name == AREA:
        return _places(ledger, user)
    if isinstance(field, models.ForeignKey):
        return _named(ledger, field, user)
    return str


def _labels(field: models.Field) -> Typed:
    """Choices by what people call them."""
    values = {str(label): value for value, label in field.flatchoices}

    def chosen(text: str) -> Any:
        if text and text not in values:
            raise ValidationError(f"没有“{text[:SHOWN]}”这一项，应为：{'、'.join(values)}。")
        return values.get(text, "")

    return chosen


def _yes_or_no(text: str) -> bool:
    if text not in ("是", "否"):
        raise ValidationError("请填“是”或“否”。")
    return text == "是"


def _number(text: str) -> str:
    if money := _MONEY.fullmatch(text):
        text = money[1] + money[2]
    return re.sub("[,，]", "", text) if _GROUPED.fullmatch(text) else text


def _places(ledger: Ledger, user: Any) -> Typed:
    """Divisions by code, or by a name that only one has where the person may import."""
    reach = Q(pk__in=[])
    for root in ledger.roots(user):
        for code in answered_for(root):  # so that an ended one is told of, and not unknown
            reach |= Q(code__startswith=prefix_of(code))
    today = timezone.localdate()

    def place(text: str) -> Area | str:
        if not text:
            return ""
        # Never both in one question: among all divisions of the country only the code is indexed.
        by_code = text == COUNTRY or text.isdecimal()
        called = Q(pk=text) if by_code else Q(name__in=[text, text + COMMITTEE])
        found = list(Area.objects.filter(reach).filter(called)[:9])
        found = [area for area in found if text in (area.code, area.name)] or found
        if not found:
            _refuse_former(text, reach)
            raise ValidationError(
                f"您的管辖范围内没有“{text[:SHOWN]}”：请填区划代码，或范围内不重名的全称。"
            )
        found = [area for area in found if area.exists_on(today)] or found
        if len(found) > 1:
            codes = "、".join(area.code for area in found)
            raise ValidationError(f"有几个“{text[:SHOWN]}”，请填区划代码（{codes}）。")
        if ledger.model.placed_on is AreaRecord.placed_on:  # the same day for every row
            require_in_force(found[0], today, at="")
        return found[0]

    return place


def _refuse_former(text: str, reach: Q) -> None:
    """Raises ValidationError where a division was called so, or came of one that was: as it is called now."""
    former = former_names().items()
    codes = [code for code, names in former if {text, text + COMMITTEE} & {*names}]
    if now := Area.objects.filter(reach, pk__in=codes) if codes else None:
        named = "、".join(f"“{one}”" for one in now)
        raise ValidationError(f"“{text[:SHOWN]}”现为{named}，请改填{named}。")


def _named(ledger: Ledger, field: Any, user: Any) -> Typed:
    """Other records by their name, among those the person may choose."""
    by, label = ledger.named_by[field.name], field.verbose_name
    chosen = choices_for(user, ledger.model, field)
    records = field.related_model._default_manager.all() if chosen is None else chosen

    def record(text: str) -> models.Model | str:
        found = list(records.filter(**{by: text})[:2]) if text else [""]
        if not found:
            raise ValidationError(
                f"没有登记过{label}“{text[:SHOWN]}”：请先登记，或改用已有的名称。"
            )
        if len(found) > 1:
            raise ValidationError(f"有几个{label}叫“{text[:SHOWN]}”，这一行请单独登记。")
        return found[0]

    return record
