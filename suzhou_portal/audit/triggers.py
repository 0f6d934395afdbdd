"""Which tables the trail watches, and the triggers that write it and mark what was written."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.apps import apps
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from suzhou_portal.audit.enums import Mask
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.triggers import Declared, Trigger, each_row, each_statement

OUR_APPS = ("suzhou_portal", "communities", "organizations", "volunteers", "charity")
# Second factors are another project's model, and as much a permission as a password is.
OTHER_MODELS = ("otp_totp.TOTPDevice",)
OTHER_MASKS = {"otp_totp.totpdevice": {"key": Mask.SECRET}}
# What changes with every sign-in or save, and says nothing that the entry does not say itself.
LEFT_OUT = {
    "last_login", "updated_at", "last_t", "drift", "last_used_at",
    "throttling_failure_count", "throttling_failure_timestamp",
}  # fmt: skip


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


def declared(places: Mapping[str, tuple[str, bool]]) -> Declared:
    """The triggers of every watched table. `places` says of tables of which it is asked where their
    rows stand: by which column, blank for none, and whether rows count anywhere.
    """

    def triggers() -> Iterator[Trigger]:
        yield append_only(AuditEntry)
        for model in watched():
            if getattr(model, "append_only", False):
                yield append_only(model)
            table = model._meta.db_table
            area_column, anywhere = places.get(table, ("", False))
            told = (*_arguments(model), area_column, str(anywhere))
            yield from each_statement(table, "portal_audit", *told, TRUNCATE="")
            if column := getattr(model, "stamped", ""):
                yield each_row(table, "portal_stamped", "BEFORE INSERT", column)

    functions = Path(__file__).with_suffix(".sql")
    return Declared(functions, triggers, into=AuditEntry._meta.db_table, closed=True)


def append_only(model: type[models.Model]) -> Trigger:
    """What refuses every change to the table's rows."""
    return Trigger(
        model._meta.db_table, "portal_append_only", "BEFORE UPDATE OR DELETE OR TRUNCATE",
        "FOR EACH STATEMENT", "portal_append_only", (str(model._meta.verbose_name),), each_part=True,
    )  # fmt: skip


def _arguments(model: type[models.Model]) -> tuple[str, ...]:
    """What the trail is told of a table."""
    left_out = [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.column in LEFT_OUT or isinstance(field, SearchVectorField)
    ]
    return (
        model._meta.label_lower,
        str(model._meta.pk.column),
        "{" + ",".join(sorted(left_out)) + "}",
        json.dumps(masks(model)),
    )
