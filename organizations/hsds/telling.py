"""What every object of the data needs to know besides its own record."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area

DEMONSTRATION = "演示数据，内容虚构。"


@dataclass(frozen=True)
class Telling:
    """The site's day, how a path becomes a full address, and the names of divisions by their codes."""

    day: datetime.date
    absolute: Callable[[str], str]
    names: dict[str, str] = field(default_factory=dict)

    def about(self, areas: Iterable[str]) -> "Telling":
        """The same, knowing the names of these divisions and of all around them."""
        known = {code for area in areas for code in codes.lineage(area)}
        named = Area.objects.filter(code__in=known).values_list("code", "name")
        return Telling(self.day, self.absolute, dict(named))

    def name_at(self, level: Level, code: str) -> str:
        """What the division around a code is called at that level; nothing where there is none."""
        length = codes.LENGTHS[level]
        return self.names.get(code[:length], "") if codes.length_of(code) >= length else ""


def filled(**values: Any) -> dict[str, Any]:
    """Those that say something: HSDS leaves out what is not known."""
    return {name: value for name, value in values.items() if value not in ("", None, [])}
