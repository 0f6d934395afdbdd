"""What a value costs right after a write: statements, and how often control passes from one of the
portal's files to another. `python -m bench.costs` makes a database of its own and prints both.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
_OURS = tuple(
    f"{ROOT}/{name}/"
    for name in ("suzhou_portal", "communities", "organizations", "volunteers", "charity")
)
KEY = "volunteer_teams"


def after_write() -> tuple[int, int]:
    """Statements and switches of file of one `door.value` of a community in which a record was written.

    Needs a database with a community, outside a transaction, and removes the record it writes. BEGIN,
    COMMIT, SET and locks are statements too; not the trail's own, which says before a write who acts.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from suzhou_portal.areas.models import Area
    from suzhou_portal.figures import door
    from suzhou_portal.figures.dates import site_date
    from volunteers.enums.base import TeamKind
    from volunteers.models import VolunteerTeam

    code = Area.objects.filter(level="community").order_by("code")[0].code
    day = site_date()
    door.value(KEY, code, day)  # whatever a process does once, and values that are kept
    made = VolunteerTeam(
        area_id=code, name="测量用的队伍", kind=TeamKind.NEIGHBOURHOOD, founded_on=day, members=1
    )
    [team] = VolunteerTeam.objects.bulk_create([made])
    try:
        door.value(KEY, code, day)
        team.save()
        with CaptureQueriesContext(connection) as captured, switches() as counted:
            door.value(KEY, code, day)
    finally:
        team.delete()
    return len(captured), counted[0]


@contextmanager
def switches() -> Iterator[list[int]]:
    """Counts, in the first item, the calls from one file of the portal into another: whatever lies between
    them (Django, the driver) is no file of the portal.
    """
    counted = [0]

    def seen(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and (file := frame.f_code.co_filename).startswith(_OURS):
            counted[0] += _caller(frame) not in (None, file)

    sys.setprofile(seen)
    try:
        yield counted
    finally:
        sys.setprofile(None)


def _caller(frame: FrameType) -> str | None:
    """The nearest file of the portal from which the frame was called; None outside of it."""
    outer = frame.f_back
    while outer and not outer.f_code.co_filename.startswith(_OURS):
        outer = outer.f_back
    return outer.f_code.co_filename if outer else None


def main() -> None:
    """Make the database where there is none yet, measure, print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suzhou_portal.settings")
    os.environ.setdefault("PORTAL_STATE", str(ROOT / "var" / "bench" / "costs"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    statements, files = after_write()
    print(f"一次写入后取一个数值：{statements}条语句，在文件之间切换{files}次。")  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
