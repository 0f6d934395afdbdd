"""The names by which people still look for a division: what it was called, and what was merged into it or
formed it was called.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from suzhou_portal.areas import codes
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.enums import ChangeKind
from suzhou_portal.areas.models import Area
from suzhou_portal.areas.succession import merged
from suzhou_portal.caching.followed import remembered

Names = Mapping[str, list[str]]


def former_names(within: str = codes.COUNTRY) -> Names:
    """The former names of what lies in a division, by the code of what goes by another one now; four
    queries.
    """
    key = "former names", within, timezone.localdate()
    return remembered(key, [Area, DivisionChange], lambda: _names(within))


def said(code: str, name: str, names: Names) -> str:
    """The name to choose a division by, with its former ones."""
    former = [one for one in names.get(code, ()) if one != name]
    return f"{name}（原{'、'.join(former)}）" if former else name


def found_by(text: str) -> list[str]:
    """The codes of the divisions that have a former name in which the text stands."""
    return [code for code, names in former_names().items() if any(text in one for one in names)]


def label(field: Any) -> None:
    """Let a form's choice of divisions say their former names."""
    names: Any = SimpleLazyObject(former_names)
    field.label_from_instance = lambda area: said(area.code, area.name, names)


def _names(within: str) -> Names:
    acts = DivisionChange.objects.upheld().filter(codes.inside("area__code", [within]))
    renamed = acts.filter(kind=ChangeKind.RENAMED).order_by("effective_on", "pk")
    called: dict[str, list[str]] = {}
    for code, before in renamed.values_list("area", "name_before"):
        called.setdefault(code, []).append(before)
    follows = _follows(acts, within)
    for code, name in Area.objects.filter(pk__in=follows).values_list("pk", "name"):
        called.setdefault(code, []).append(name)
    found: dict[str, list[str]] = {}
    for code, names in called.items():
        for now in _now(code, follows):
            found[now] = list(dict.fromkeys([*found.get(now, []), *names]))
    return found


def _follows(acts: Any, within: str) -> dict[str, list[str]]:
    """The codes of the divisions that follow an ended one, by its code. The grids of a community that
    ended have none: they are no former names of another community.
    """
    today = timezone.localdate()
    formed: dict[str, list[str]] = {}
    parts = acts.filter(kind=ChangeKind.SPLIT, effective_on=F("other__valid_to"))
    for code, part in parts.order_by("area").values_list("other", "area"):
        formed.setdefault(code, []).append(part)
    return {
        one.code: formed.get(one.code, [one.successor_id])
        for one in merged().filter(codes.inside("successor__code", [within]))
        if not one.exists_on(today) and codes.level_of(one.successor_id) == one.level
    }


def _now(code: str, follows: Mapping[str, Iterable[str]]) -> list[str]:
    """The divisions that follow the one of that code at last; itself where it has not ended."""
    if code not in follows:
        return [code]
    return [last for one in follows[code] for last in _now(one, follows)]
