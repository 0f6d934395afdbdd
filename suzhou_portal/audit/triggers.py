"""Which tables the trail watches, and putting its triggers there: called whenever tables changed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from psycopg import sql

from suzhou_portal.audit.enums import Mask
from suzhou_portal.audit.models import AuditEntry

OUR_APPS = ("suzhou_portal", "communities", "organizations", "volunteers", "charity")
# Second factors are another project's model, and as much a permission as a password is.
OTHER_MODELS = ("otp_totp.TOTPDevice",)
OTHER_MASKS = {"otp_totp.totpdevice": {"key": Mask.SECRET}}
# What changes with every sign-in or save, and says nothing that the entry does not say itself.
LEFT_OUT = {
    "last_login", "updated_at", "last_t", "drift", "last_used_at",
    "throttling_failure_count", "throttling_failure_timestamp",
}  # fmt: skip
EVENTS = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
    "TRUNCATE": "",
}


def watched() -> Iterator[type[models.Model]]:
    """Every model whose rows people answer for, with the tables of its many-to-many fields.

    Rows that the portal only derives from others say `audited = False`.
    """
    for model in apps.get_models(include_auto_created=True):
        ours = model._meta.app_config.name.split(".")[0] in OUR_APPS
        if (ours or model._meta.label in OTHER_MODELS) and getattr(
            model, "audited", model is not AuditEntry
        ):
            yield model


def masks(model: type[models.Model]) -> dict[str, Mask]:
    """The columns that are never kept in full."""
    return {**getattr(model, "masked", {}), **OTHER_MASKS.get(model._meta.label_lower, {})}


def install(connection: Any, role: str) -> None:
    """Put the functions and triggers where they are missing or outdated; `role` may only have events
    added by `portal_note`.

    Safe to run again.
    """
    tables = set(connection.introspection.table_names())
    if AuditEntry._meta.db_table not in tables:
        return
    with connection.cursor() as cursor:
        cursor.execute(Path(__file__).with_name("triggers.sql").read_text(encoding="utf-8"))
        revoke_writing(cursor, connection, role, AuditEntry)
        for model in watched():
            if model._meta.db_table in tables:
                for event in EVENTS:
                    cursor.execute(_trigger(model, event))
                if column := getattr(model, "stamped", ""):
                    cursor.execute(_stamping(model, column))


def revoke_writing(cursor: Any, connection: Any, role: str, model: type[models.Model]) -> None:
    """Leave the writing of the model's rows to triggers and functions of the owner; where `role` is the
    owner itself, nothing can.
    """
    if role != connection.settings_dict["USER"]:
        revoke = sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}")
        cursor.execute(revoke.format(sql.Identifier(model._meta.db_table), sql.Identifier(role)))


def _stamping(model: type[models.Model], column: str) -> str:
    return (
        f'CREATE OR REPLACE TRIGGER portal_stamped BEFORE INSERT ON "{model._meta.db_table}"'
        f" FOR EACH ROW EXECUTE FUNCTION portal_stamped('{column}')"
    )


def _trigger(model: type[models.Model], event: str) -> str:
    left_out = [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.column in LEFT_OUT or isinstance(field, SearchVectorField)
    ]
    arguments = (
        model._meta.label_lower,
        model._meta.pk.column,
        "{" + ",".join(sorted(left_out)) + "}",
        json.dumps(masks(model)),
    )
    quoted = ", ".join(f"'{argument}'" for argument in arguments)
    return (
        f"CREATE OR REPLACE TRIGGER portal_audit_{event.lower()} AFTER {event}"
        f' ON "{model._meta.db_table}" {EVENTS[event]}'
        f" FOR EACH STATEMENT EXECUTE FUNCTION portal_audit({quoted})"
    )
