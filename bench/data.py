"""Data at scale: the demonstration of one district, and copies of it under other codes."""

import os
import subprocess
import sys
import time

from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from bench import copies
from bench.copies import COPIED
from bench.names import ONE
from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry

BUILT = "bench "  # noted once all is there, with the seconds it took
# Every province has its share, so that one of them is a province at any scale.
PROVINCES = (
    62, 11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 63, 64, 65,
)  # fmt: skip
CITIES = 10  # of a province, numbered from 31, where no real division is


def build(districts: int) -> tuple[dict[str, int], int]:
    """The demonstration in one district and copies in the others; returns rows by kind, and within
    how many seconds all was built, now or before.
    """
    call_command("migrate", verbosity=0)
    started = time.monotonic()
    if not (built := AuditEntry.objects.filter(note__startswith=BUILT).first()):
        # Both are about one district, so a process of its own is told which.
        for command in ("load_reference", "seed_demo"):
            subprocess.run(  # noqa: S603 - no input
                [sys.executable, "manage.py", command],
                check=True, cwd=settings.BASE_DIR, stdout=sys.stderr,
                env={**os.environ, "PORTAL_AREA": ONE, "DJANGO_SETTINGS_MODULE": "suzhou_portal.settings"},
            )  # fmt: skip
        if districts > 1:
            made = [district(number) for number in range(1, districts)]
            _around(made)
            copies.make(made)
        note = f"{BUILT}{time.monotonic() - started:.0f}"
        trail.record(Action.IMPORT, note=note)
        built = AuditEntry.objects.latest("pk")
    rows = {label: apps.get_model(label).objects.count() for label in ("areas.Area", *COPIED)}
    return rows, int(built.note.removeprefix(BUILT))


def district(number: int) -> str:
    """The code of a made-up district; the first one is the demonstrated one. Raises IndexError where
    a province has no more codes.
    """
    if number == 0:
        return ONE
    rest, province = divmod(number, len(PROVINCES))
    inner, city = divmod(rest, CITIES)
    if inner >= 69:
        raise IndexError(number)
    return f"{PROVINCES[province]}{city + 31}{inner + 31}"


def _around(districts: list[str]) -> None:
    """The cities and provinces of these districts."""
    around = {code for one in districts for code in codes.lineage(one)[1:-1]}
    Area.objects.bulk_create(
        [
            Area(code=code, name=f"测{code}", level=codes.level_of(code), parent_id=codes.parent_of(code))
            for code in sorted(around)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
