"""What a file calls things, and what a form would have been sent for them.

Whatever turns a text into that raises ValidationError, saying what to write instead.
"""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.areas.codes import COUNTRY, prefix_of
from suzhou_portal.areas.models import COMMITTEE, Area
from suzhou_portal.imports.registry import AREA, Ledger

SHOWN = 40  # characters of a text that is repeated to whoever wrote it
_GROUPED = re.compile(r"-?\d{1,3}([,，]\d{3})+(\.\d+)?")
_MONEY = re.compile(r"(-?)[¥￥]? *([0-9,，.]+) *[元]?")  # as a ledger shows it


def typed_by(ledger: Ledger, field: models.Field, user: Any) -> Callable[[str], Any]:
    """What turns the column's texts into what its form field takes; of a relation, into the record."""
    if field.choices:
        return _Labels(field)
    if isinstance(field, models.BooleanField):
        return _yes_or_no
    if isinstance(field, models.DecimalField | models.IntegerField):
        return _number
    if field.name == AREA:
        return _Places(ledger, user)
    if isinstance(field, models.ForeignKey):
        return _Named(ledger, field, user)
    return str


class _Labels:
    """Choices by what people call them."""

    def __init__(self, field: models.Field):
        self._values = {str(label): value for value, label in field.flatchoices}

    def __call__(self, text: str) -> Any:
        if text and text not in self._values:
            raise ValidationError(f"没有“{text[:SHOWN]}”这一项，应为：{'、'.join(self._values)}。")
        return self._values.get(text, "")


def _yes_or_no(text: str) -> bool:
    if text not in ("是", "否"):
        raise ValidationError("请填“是”或“否”。")
    return text == "是"


def _number(text: str) -> str:
    if money := _MONEY.fullmatch(text):
        text = money[1] + money[2]
    return re.sub("[,，]", "", text) if _GROUPED.fullmatch(text) else text


class _Places:
    """Divisions by code, or by a name that only one has where the person may import."""

    def __init__(self, ledger: Ledger, user: Any):
        self._reach = Q(pk__in=[])
        for root in ledger.roots(user):
            self._reach |= Q(code__startswith=prefix_of(root))

    def __call__(self, text: str) -> Area | str:
        if not text:
            return ""
        # Never both in one question: among all divisions of the country only the code is indexed.
        by_code = text == COUNTRY or text.isdecimal()
        called = Q(pk=text) if by_code else Q(name__in=[text, text + COMMITTEE])
        found = list(Area.objects.filter(self._reach).filter(called)[:9])
        found = [area for area in found if text in (area.code, area.name)] or found
        if not found:
            raise ValidationError(
                f"您的管辖范围内没有“{text[:SHOWN]}”：请填区划代码，或范围内不重名的全称。"
            )
        if len(found) > 1:
            codes = "、".join(area.code for area in found)
            raise ValidationError(f"有几个“{text[:SHOWN]}”，请填区划代码（{codes}）。")
        return found[0]


class _Named:
    """Other records by their name, among those the person may choose."""

    def __init__(self, ledger: Ledger, field: Any, user: Any):
        self._by, self._label = ledger.named_by[field.name], field.verbose_name
        chosen = choices_for(user, ledger.model, field)
        self._records = field.related_model._default_manager.all() if chosen is None else chosen

    def __call__(self, text: str) -> models.Model | str:
        if not text:
            return ""
        found = list(self._records.filter(**{self._by: text})[:2])
        if not found:
            raise ValidationError(
                f"没有登记过{self._label}“{text[:SHOWN]}”：请先登记，或改用已有的名称。"
            )
        if len(found) > 1:
            raise ValidationError(f"有几个{self._label}叫“{text[:SHOWN]}”，这一行请单独登记。")
        return found[0]
