"""The database's own check of every change of state, made from the same tables."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from suzhou_portal.lifecycle.models import Staged

FUNCTION = """
CREATE OR REPLACE FUNCTION portal_lifecycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (OLD.state || '>' || NEW.state) = ANY (TG_ARGV) THEN
    RAISE EXCEPTION '状态不能从 % 改为 %。', OLD.state, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_lifecycle', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$
"""


def staged_models() -> Iterator[type[Staged]]:
    """Every kind of record with a lifecycle."""
    for model in apps.get_models():
        if issubclass(model, Staged):
            yield model


def install(connection: Any) -> None:
    """Put function and triggers where they are missing or outdated. Safe to run again."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        for model in staged_models():
            if model._meta.db_table in tables:
                cursor.execute(_trigger(model))


def _trigger(model: type[Staged]) -> str:
    pairs = ", ".join(f"'{before}>{after}'" for before, after in sorted(model.lifecycle.pairs))
    return (
        f'CREATE OR REPLACE TRIGGER portal_lifecycle BEFORE UPDATE ON "{model._meta.db_table}"'
        " FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)"
        f" EXECUTE FUNCTION portal_lifecycle({pairs})"
    )
