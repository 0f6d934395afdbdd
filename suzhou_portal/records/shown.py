"""What anybody may see of a kind of record."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from suzhou_portal.areas.models import AreaRecordQuerySet
from suzhou_portal.records.columns import Column, Columns
from suzhou_portal.records.parties import Party


@dataclass(frozen=True)
class Held:
    """The columns that say when and where it is held, and the states in which it is called off."""

    day: str
    starts: str = "starts"
    ends: str = "ends"
    place: str = "place"
    called_off: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Public:
    """What anybody may see of these records: which ones on a day, which columns, and with `files` what is kept
    with them. The `title` is the desk's where none is given; `news` is the day of a feed, `held` of a calendar.
    Of a project, `parties` are the columns that say what each of the five did.
    """

    lead: str
    records: Callable[[datetime.date], AreaRecordQuerySet]
    columns: Columns
    title: str = ""
    facts: Columns = ()
    files: bool = False
    news: str = ""
    held: Held | None = None
    parties: Mapping[Party, Column] = field(default_factory=dict)
