"""Copies of one district's records under other codes: in SQL, a hundred districts at a time.

The way a dump is restored: no triggers, no foreign keys, secondary indexes made afterwards, nothing
flushed before the end. All of it is one transaction, so a run that was stopped leaves nothing.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.apps import apps
from django.db import connections, models

from bench.names import ONE
from suzhou_portal.areas.models import Area
from suzhou_portal.embedded import roles

APART = 10_000_000  # between the keys of one district's copies and the next one's
TOGETHER = 100
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
_WHILE_COPYING = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "4GB"}
_SECONDARY = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = ANY(%s::regclass[])
      AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)"""


def make(districts: list[str]) -> None:
    """The one district's areas and records again, under each of these codes."""
    kinds = [apps.get_model(label) for label in COPIED]
    tables = [Area._meta.db_table, *(kind._meta.db_table for kind in kinds)]
    with _unguarded() as cursor:
        with cursor.connection.transaction(), _without_indexes(cursor, tables):
            cursor.execute("CREATE TEMP TABLE copies (number bigint, code text) ON COMMIT DROP")
            # As they stand in a country's database that was filled district by district.
            numbered = list(enumerate(sorted(districts), start=1))
            for first in range(0, len(numbered), TOGETHER):
                cursor.execute("TRUNCATE copies")
                cursor.executemany(
                    "INSERT INTO copies VALUES (%s, %s)", numbered[first : first + TOGETHER]
                )
                cursor.execute(_areas())
                for kind in kinds:
                    cursor.execute(_copies_of(kind))
                print(f"{first + TOGETHER} / {len(districts)}", file=sys.stderr)  # noqa: T201
            cursor.execute("TRUNCATE audit_touched, figures_kept")
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _unguarded() -> Iterator[psycopg.Cursor]:
    """A session of the embedded cluster's superuser, in which no trigger and no foreign key acts."""
    connections["owner"].ensure_connection()
    given = connections["owner"].get_connection_params()
    with (
        psycopg.connect(
            host=connections["owner"].settings_dict["HOST"], user=roles.SUPERUSER,
            dbname=given["dbname"], autocommit=True,
        ) as connection,
        connection.cursor() as cursor,
    ):  # fmt: skip
        for name, setting in _WHILE_COPYING.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = '{setting}'")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET work_mem = '256MB'")
        try:
            yield cursor
        finally:
            cursor.execute("ALTER SYSTEM RESET ALL")
            cursor.execute("SELECT pg_reload_conf()")
            cursor.execute("CHECKPOINT")


@contextmanager
def _without_indexes(cursor: Any, tables: list[str]) -> Iterator[None]:
    """Those that hold no constraint: made again at the end, all rows at once."""
    cursor.execute(_SECONDARY, [tables])
    secondary = cursor.fetchall()
    for name, _ in secondary:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in secondary:
        cursor.execute(definition)


def _areas() -> str:
    columns = [str(field.column) for field in Area._meta.concrete_fields]
    inside = {"code": "c.code || substr(t.code, 7)", "parent_id": f"CASE WHEN t.code = '{ONE}'"
              " THEN left(c.code, 4) ELSE c.code || substr(t.parent_id, 7) END",
              "successor_id": "c.code || substr(t.successor_id, 7)"}  # fmt: skip
    return _insert(
        Area, columns, [inside.get(column, f't."{column}"') for column in columns], [],
        f"code LIKE '{ONE}%'",
    )  # fmt: skip


def _copies_of(kind: type[models.Model]) -> str:
    fields = [field for field in kind._meta.concrete_fields if not field.generated]
    return _insert(
        kind, [str(field.column) for field in fields], [_value(field) for field in fields],
        [_copied_target(field) for field in fields if _is_copied(field)],
        f"area_id LIKE '{ONE}%' AND id < {APART}",
    )  # fmt: skip


def _insert(
    kind: type[models.Model], columns: list[str], values: list[str], targets: list[str], where: str
) -> str:
    table, named = kind._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    return (
        f'INSERT INTO "{table}" ({named})'  # noqa: S608 - no input
        f' WITH t AS MATERIALIZED (SELECT {", ".join(["o.*", *targets])} FROM "{table}" o WHERE {where})'
        f" SELECT {', '.join(values)} FROM copies c CROSS JOIN t ORDER BY c.number"
    )


def _is_copied(field: Any) -> bool:
    target = field.related_model
    return target is not None and target._meta.label in COPIED


def _copied_target(field: Any) -> str:
    """What stands outside the district, such as an evaluator of the city, is nobody's copy: NULL."""
    return (
        f'(SELECT r.id FROM "{field.related_model._meta.db_table}" r'  # noqa: S608 - no input
        f' WHERE r.id = o."{field.column}" AND r.area_id LIKE \'{ONE}%\') AS "copied_{field.column}"'
    )


def _value(field: Any) -> str:
    column = f't."{field.column}"'
    if field.primary_key:
        return f"{column} + c.number * {APART}"
    if field.related_model is Area:
        return (
            f"CASE WHEN {column} LIKE '{ONE}%' THEN c.code || substr({column}, 7) ELSE {column} END"
        )
    if _is_copied(field):
        return f'coalesce(t."copied_{field.column}" + c.number * {APART}, {column})'
    if field.name == "credit_code":
        return f"CASE WHEN {column} = '' THEN '' ELSE overlay({column} placing c.code from 3 for 6) END"
    if field.name == "number":
        return f"CASE WHEN {column} = '' THEN '' ELSE left(md5({column} || c.number), 20) END"
    return column
