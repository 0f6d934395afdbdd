"""Divisions that have ended: what follows them, who answers for what they leave, and what is said to
whoever would still enter something there.
"""

import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from suzhou_portal.areas import codes
from suzhou_portal.areas.enums import ChangeKind
from suzhou_portal.caching.followed import remembered
from suzhou_portal.formats import date


def require_in_force(area: Any, day: datetime.date, at: str = "area") -> None:
    """Raises ValidationError, which names what to choose instead, where the division doesn't exist on
    the day; said `at` that field, or of none.
    """
    if not area.exists_on(day):
        said = _said(area, day)
        raise ValidationError({at: said} if at else said)


def _said(area: Any, day: datetime.date) -> str:
    if area.valid_from and day < area.valid_from:
        return f"“{area}”自{date(area.valid_from)}起设立，在此之前不能登记。"
    ended = f"“{area}”已于{date(area.valid_to)}撤销"
    named = "、".join(f"“{one}”" for one in heirs(area, day))
    how = "分设为" if _formed_of(area) else "并入"
    return f"{ended}，{how}{named}，请选择{named}。" if named else f"{ended}，请选择现有的区划。"


def heirs(area: Any, day: datetime.date) -> list[Any]:
    """The divisions existing on that day that follow an ended one: those formed of it as it ended, or
    what it was merged into; and what follows these where they have ended too.
    """
    found: list[Any] = []
    for one in _formed_of(area) or filter(None, [area.successor]):
        found += [one] if one.exists_on(day) else heirs(one, day)
    return list(dict.fromkeys(found))


def answered_for(code: str) -> list[str]:
    """The division, and those ended elsewhere that were merged into it or into what lies in it: whoever
    answers for it answers for the records that these left. None of them lies in another one.
    """
    if code == codes.COUNTRY:
        return [code]  # nothing lies elsewhere
    key, areas = ("answered for", code, timezone.localdate()), apps.get_model("areas", "Area")
    return list(remembered(key, [areas], lambda: _answered_for(code)))


def _answered_for(code: str) -> list[str]:
    today = timezone.localdate()
    ended = {one.code: one.successor_id for one in _led_into(code) if not one.exists_on(today)}
    found = [code]
    for one in sorted(ended):
        if codes.contains(code, _last(one, ended)) and not any(
            codes.contains(outer, one) for outer in found
        ):
            found.append(one)
    return found


def _led_into(code: str) -> list[Any]:
    """The divisions that are followed by what lies in it, and those followed by these in turn."""
    found: dict[str, Any] = {}
    places = [code]
    while places:
        near = codes.inside("successor__code", places) | codes.inside("code", places)
        led = [one for one in merged().filter(near) if one.code not in found]
        found |= {one.code: one for one in led}
        places = [one.code for one in led if not codes.contains(code, one.code)]
    return list(found.values())


def _last(code: str, ended: dict[str, str]) -> str:
    while code in ended:
        code = ended[code]
    return code


def merged() -> Any:
    """The divisions that are to be followed by another one."""
    return apps.get_model("areas", "Area").objects.exclude(successor=None)


def _formed_of(area: Any) -> list[Any]:
    acts = area.changes_of_others.upheld().filter(kind=ChangeKind.SPLIT)
    formed = acts.filter(effective_on=area.valid_to).select_related("area").order_by("area_id")
    return [one.area for one in formed]
