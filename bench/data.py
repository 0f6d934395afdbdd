"""Data at scale: the demonstration of one district, and copies of it under other codes."""

import os
import subprocess
import sys
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections, models, transaction

from suzhou_portal.areas import codes
from suzhou_portal.areas.models import Area
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry

ONE = "620902"
BUILT = "bench"  # noted once all is there
APART = 10_000_000  # between the keys of one district's copies and the next one's
COPIED = (
    "communities.Person", "communities.CommunityProfile", "communities.Mechanism",
    "communities.PolicyDocument", "communities.ReachReport", "communities.Course",
    "communities.Enrolment", "communities.RecruitmentBatch", "communities.Post",
    "communities.Certificate", "communities.ExamRegistration", "communities.PayMonth",
    "communities.AllowanceStandard", "communities.GridEvent", "organizations.SocialOrganization",
    "organizations.IncubationService", "organizations.PurchasedProject", "organizations.Evaluation",
    "organizations.ServiceItem", "volunteers.VolunteerTeam", "volunteers.PairingLink",
    "charity.CharityResource", "charity.CharityProject",
)  # fmt: skip


def build(districts: int) -> dict[str, int]:
    """The demonstration in one district and copies in the others; returns rows by kind.

    Copies are made with triggers off, as from a dump; what is kept is computed after.
    """
    call_command("migrate", verbosity=0)
    if not AuditEntry.objects.filter(note=BUILT).exists():
        # Both are about one district, so a process of its own is told which.
        for command in ("load_reference", "seed_demo"):
            subprocess.run(  # noqa: S603 - no input
                [sys.executable, "manage.py", command],
                check=True, cwd=settings.BASE_DIR, stdout=sys.stderr,
                env={**os.environ, "PORTAL_AREA": ONE, "DJANGO_SETTINGS_MODULE": "suzhou_portal.settings"},
            )  # fmt: skip
        if districts > 1:
            _areas(districts)
            _copy(districts)
        AuditEntry.objects.create(action=Action.CREATE, note=BUILT)
    return {label: apps.get_model(label).objects.count() for label in ("areas.Area", *COPIED)}


def district(number: int) -> str:
    """The code of a made-up district; the first one is the demonstrated one."""
    if number == 0:
        return ONE
    province, rest = divmod(number, 100)
    city, inner = divmod(rest, 10)
    return f"{11 + province:02d}{city + 31:02d}{inner + 31:02d}"


def _areas(districts: int) -> None:
    inside = list(Area.objects.filter(code__startswith=ONE))
    for number in range(1, districts):
        code = district(number)
        made = [(one, f"测{one}") for one in codes.lineage(code)[1:-1]]
        made += [(code + area.code[6:], area.name) for area in inside]
        # Districts share what lies around them, and a run that stopped here has made some.
        Area.objects.bulk_create([_area(*one) for one in made], ignore_conflicts=True)


def _area(code: str, name: str) -> Area:
    return Area(code=code, name=name, level=codes.level_of(code), parent_id=codes.parent_of(code))


def _copy(districts: int) -> None:
    with connections["owner"].cursor() as cursor:
        tables = [apps.get_model(label)._meta.db_table for label in COPIED]
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        cursor.execute("CREATE TEMP TABLE copies (number bigint, code text)")
        rows = [(number, district(number)) for number in range(1, districts)]
        cursor.executemany("INSERT INTO copies VALUES (%s, %s)", rows)
        with transaction.atomic(using="owner"):  # foreign keys are checked at its end
            for label in COPIED:
                cursor.execute(_copies_of(apps.get_model(label)))
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        cursor.execute("TRUNCATE figures_touched, figures_kept")
        cursor.execute("ANALYZE")


def _copies_of(model: type[models.Model]) -> str:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    names = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(field) for field in fields)
    table = model._meta.db_table
    return (
        f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" t, copies c'  # noqa: S608
        f" WHERE t.area_id LIKE '{ONE}%' AND t.id < {APART}"
    )


def _value(field: Any) -> str:
    column = f't."{field.column}"'
    if field.primary_key:
        return f"{column} + c.number * {APART}"
    target = field.related_model
    if target is Area:
        return (
            f"CASE WHEN {column} LIKE '{ONE}%' THEN c.code || substr({column}, 7) ELSE {column} END"
        )
    if target is not None and target._meta.label in COPIED:
        copied = (
            f'SELECT r.id FROM "{target._meta.db_table}" r'  # noqa: S608 - no input
            f" WHERE r.id = {column} AND r.area_id LIKE '{ONE}%'"
        )
        # What stands outside the district, such as an evaluator of the city, is nobody's copy.
        return f"coalesce(({copied}) + c.number * {APART}, {column})"
    if field.name == "credit_code":
        return f"CASE WHEN {column} = '' THEN '' ELSE overlay({column} placing c.code from 3 for 6) END"
    if field.name == "number":
        return f"CASE WHEN {column} = '' THEN '' ELSE left(md5({column} || c.number), 20) END"
    return column
