"""What is printed from a record, declared once: a Word template that an office can adjust, and the words
it may say. The PDF is the same Word file, set.

Each party declares its documents in `printed`, found by autodiscovery as kinds are.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.utils import timezone

from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.papers import word
from suzhou_portal.records.columns import written

# What every template may say besides: whether it is about invented records, and of what worth it is.
COMMON = frozenset({"title", "unit", "remark", "demonstration"})
DEMONSTRATION = "演示数据，不得用作凭证"

Said = str | Callable[[Any], Any]


def in_states(**remarks: str) -> Callable[[Any], str | None]:
    """In which states it is printed, each with what is remarked of it on top, such as 草案."""
    return lambda record: remarks.get(record.state)


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A document about one record of a kind.

    `says` names each word of its template, and where the record keeps it: names joined by dots, or a
    function of the record. `remark` is what stands above everything because the record is no more, or not
    yet, what the document says; None where there is nothing to print. `action` is the permission it takes:
    `reveal` where it names people in full, so that the look is written down. `unit` issues it; `dated` is
    the day it is of. `pictures` puts others in place of those that the template has by these names.
    `template` is the Word file, where several documents share one.
    """

    name: str
    title: str
    model: type[AreaRecord]
    says: Mapping[str, Said]
    remark: Callable[[Any], str | None]
    unit: Said
    dated: str
    action: str = "view"
    pictures: Callable[[Any, Callable[[str], str]], Mapping[str, bytes]] | None = None
    template: str = ""

    @property
    def path(self) -> Path:
        """Its template: the office's own where there is one of that name."""
        return office_template(self.template or self.name)

    def word(self, record: Any, absolute: Callable[[str], str]) -> bytes:
        """The bytes of the Word file; `absolute` makes an address of the portal one for everybody."""
        unit, day = _said(record, self.unit), _follow(record, self.dated)
        said = {name: _said(record, way) for name, way in self.says.items()}
        said |= {
            "title": self.title,
            "unit": unit,
            "remark": self.remark(record) or "",
            "demonstration": DEMONSTRATION if record.is_demo else "",
        }
        return word.fill(
            self.path, said, title=f"{self.title}：{record}", author=unit,
            on=timezone.localdate(day) if isinstance(day, datetime.datetime) else day,
            pictures=self.pictures(record, absolute) if self.pictures else {},
        )  # fmt: skip


def office_template(name: str) -> Path:
    """The Word file of that name: the office's own where there is one."""
    own = settings.PAPER_TEMPLATES and settings.PAPER_TEMPLATES / f"{name}.docx"
    ours: Path = settings.BASE_DIR / "templates/papers" / f"{name}.docx"
    return own if own and own.is_file() else ours


class PrintedRegistry:
    """All documents, by the kind of record they are about."""

    def __init__(self) -> None:
        self._all: list[Printed] = []

    def add(self, *documents: Printed) -> None:
        """Declare documents."""
        self._all += documents

    def __iter__(self):
        return iter(self._all)

    def of(self, record: Any) -> list[Printed]:
        """What may be printed from a record as it stands."""
        about = [one for one in self._all if one.model is type(record)]
        return [one for one in about if one.remark(record) is not None]


printed = PrintedRegistry()


@register
def templates_can_be_filled(**_: Any) -> list[CheckMessage]:
    """Tell when the portal starts, not a clerk, what is wrong with a template."""
    return [
        finding
        for one in printed
        for finding in word.findings(
            f"“{one.title}”", one.path, COMMON | {*one.says}, "PAPER_TEMPLATES", "printed"
        )
    ]


def _follow(record: Any, path: str) -> Any:
    return reduce(
        lambda at, name: None if at is None else getattr(at, name), path.split("."), record
    )


def _said(record: Any, way: Said) -> Any:
    if callable(way):
        return way(record)
    *above, last = way.split(".")
    owner = _follow(record, ".".join(above)) if above else record
    if display := getattr(owner, f"get_{last}_display", None):
        return display()
    value = _follow(record, way)
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return value
    return value.shown_name if isinstance(value, Area) else written(value)
