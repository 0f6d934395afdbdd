"""What a file calls things, and what a form would have been sent for them.

Whatever turns a text into that raises ValidationError, saying what to write instead.
"""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
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
from suzhou_portal.imports import values
from suzhou_portal.imports.registry import AREA, Ledger
from suzhou_portal.imports.values import SHOWN
from suzhou_portal.texts import holdable

KEYED = re.compile(
    r"(.*)#([0-9]{1,18})", re.DOTALL
)  # a name that several have, and the number of one

AND = "、"  # between the names in one cell
_TODAY = AreaRecord.placed_on
Typed = Callable[[str], Any]


def typed_by(ledger: Ledger, field: models.Field, user: Any) -> Typed:
    """What turns the column's texts into what its form field takes; of a relation, into the record, or
    the records that are named one after the other.
    """
    if not field.is_relation:
        return values.typed_by(field)
    is_place = field.related_model is Area
    named = _places(ledger, field, user) if is_place else _named(ledger, field, user)

    def asked(text: str) -> Any:
        holdable(text)
        if values.SPOILED.fullmatch(text):
            raise ValidationError(values.SCIENTIFIC)
        return _each(named, line(text)) if field.many_to_many else named(line(text))

    return asked


def _each(named: Typed, text: str) -> list[Any]:
    """The records that a cell names."""
    names = [name.strip() for name in text.split(AND)] if text else []
    found = []
    for name in names:
        if not name:
            raise ValidationError(f"“{AND}”前后须各有一个名称。")
        try:
            found.append(named(name))
        except ValidationError as error:
            more = "" if AND in text else f"几个之间用“{AND}”隔开。"
            raise ValidationError("".join(error.messages) + more) from error
        if found[-1] in found[:-1]:
            raise ValidationError(f"“{name[:SHOWN]}”写了两次，请删去一个。")
    return found


def _places(ledger: Ledger, field: Any, user: Any) -> Typed:
    """Divisions by code, or by a name that only one has: for where a record stands, where the person may
    import; else in the portal's area.
    """
    stands, reach = field.name == AREA, Q(pk__in=[])
    for root in ledger.roots(user) if stands else [settings.PORTAL_AREA]:
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
                f"{'您的管辖范围内' if stands else '本地'}没有“{text[:SHOWN]}”："
                "请填区划代码，或范围内不重名的全称。"
            )
        found = [area for area in found if area.exists_on(today)] or found
        if len(found) > 1:
            codes = "、".join(area.code for area in found)
            raise ValidationError(f"有几个“{text[:SHOWN]}”，请填区划代码（{codes}）。")
        # The same day for every row.
        if not stands or getattr(ledger.model, "placed_on", _TODAY) is _TODAY:
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
    """Other records by their name, among those the person may choose; one of several by its number, too."""
    by, label = ledger.name_of(field), field.verbose_name
    chosen = choices_for(user, ledger.model, field)
    records = field.related_model._default_manager.all() if chosen is None else chosen

    def record(text: str) -> models.Model | str:
        if not text:
            return ""
        keyed = KEYED.fullmatch(text)
        asked = {by: keyed[1], "pk": keyed[2]} if keyed else {by: text}
        try:
            found = list(records.filter(**asked)[:9])
        except (ValueError, ValidationError):  # no text for a name that is a number
            found = []
        if not found:
            raise ValidationError(
                f"没有登记过{label}“{text[:SHOWN]}”：请先登记，或改用已有的名称。"
            )
        if len(found) > 1:
            named = "、".join(f"“{text[:SHOWN]}#{one.pk}”（{one}）" for one in found[:5])
            raise ValidationError(f"有几个{label}叫“{text[:SHOWN]}”，请写明是哪一个：{named}。")
        return found[0]

    return record
