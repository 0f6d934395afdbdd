"""How long backups are kept: the latest of each of the last days, weeks and months that have one."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

from suzhou_portal.keeping import packs
from suzhou_portal.keeping.errors import KeepingError

_SPANS: dict[str, Callable[[datetime.datetime], object]] = {
    "days": lambda moment: moment.date(),
    "weeks": lambda moment: moment.isocalendar()[:2],
    "months": lambda moment: (moment.year, moment.month),
}


def to_keep(
    moments: Iterable[datetime.datetime], kept: Mapping[str, int]
) -> set[datetime.datetime]:
    """Which backups stay by `PORTAL_BACKUPS_KEPT`, by the moments at which they were made; the last one
    always does. Days without a backup do not count, so nothing goes only because no new ones are made.
    """
    latest_first = sorted(moments, reverse=True)
    keep = set(latest_first[:1])
    for span, count in kept.items():
        of_each: dict[object, datetime.datetime] = {}
        for moment in latest_first:
            of_each.setdefault(_SPANS[span](moment), moment)
        keep |= set(list(of_each.values())[:count])
    return keep


def name_at(moment: datetime.datetime) -> str:
    """What a backup of this portal is called that nobody has given a name."""
    return f"portal-{settings.PORTAL_AREA}-{moment:%Y%m%d-%H%M%S}.zip"


def prune(folder: Path) -> tuple[list[Path], list[Path]]:
    """Remove the backups that the rule lets go, of those that have got their name by `name_at`: which
    went, and which bear such a name and are no whole backup, and so were left.
    """
    made, unknown = {}, []
    named = re.compile(rf"portal-{settings.PORTAL_AREA}-\d{{8}}-\d{{6}}\.zip")
    for path in sorted(folder.glob("portal-*.zip")):
        if named.fullmatch(path.name):
            try:
                made[moment_of(packs.BackupFile(path))] = path
            except (KeepingError, KeyError, ValueError):
                unknown.append(path)
    gone = [made[one] for one in sorted(made.keys() - to_keep(made, settings.PORTAL_BACKUPS_KEPT))]
    for path in gone:
        path.unlink()
    return gone, unknown


def moment_of(backup: packs.BackupFile) -> datetime.datetime:
    """When it was made, by the site's own clock."""
    told = datetime.datetime.fromisoformat(backup.manifest["moment"])
    return told.astimezone(ZoneInfo(settings.TIME_ZONE))
