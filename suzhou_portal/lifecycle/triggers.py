"""The database's own check of every change of state, and of what is final, made from the tables."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from suzhou_portal.lifecycle import authors
from suzhou_portal.lifecycle.models import Staged, Step

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
# The arguments are the columns that may still change: state, what steps fill in, what anonymising
# blanks, and what the portal notes.
FINAL = """
CREATE OR REPLACE FUNCTION portal_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(OLD) - TG_ARGV IS DISTINCT FROM to_jsonb(NEW) - TG_ARGV THEN
    RAISE EXCEPTION '内容已经生效，不能再修改。'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_final', TABLE = TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END
$$
"""
# Steps are only added. Of a demonstration they go with it; of pruned history, the owner may say so; and
# of an account that is gone, only its name stays.
STEPS = """
CREATE OR REPLACE FUNCTION portal_step_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.by_id IS NULL AND to_jsonb(OLD) - 'by_id' = to_jsonb(NEW) - 'by_id' THEN
      RETURN NEW;
    END IF;
  ELSIF OLD.is_demo AND current_setting('portal.clearing', true) = 'on'
    OR current_setting('portal.retention', true) = 'on'
      AND (SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = TG_RELID)
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '办理记录不能修改或删除。'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'portal_step_kept', TABLE = TG_TABLE_NAME;
END
$$;
CREATE OR REPLACE TRIGGER portal_step_kept BEFORE UPDATE OR DELETE ON lifecycle_step
FOR EACH ROW EXECUTE FUNCTION portal_step_kept();
"""
NOTED = ("state", "updated_at", "entered_by_id")


def staged_models() -> Iterator[type[Staged]]:
    """Every kind of record with a lifecycle."""
    for model in apps.get_models():
        if issubclass(model, Staged):
            yield model


def install(connection: Any, role: str) -> None:
    """Put function and triggers where they are missing or outdated. Safe to run again."""
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        cursor.execute(FINAL)
        # On the way back through migrations a table may be there and its state gone.
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'state' AND table_schema = current_schema()"
        )
        staged = {name for (name,) in cursor.fetchall()}
        for model in staged_models():
            if model._meta.db_table in staged:
                cursor.execute(_trigger(model))
                if model.lifecycle.final:
                    cursor.execute(_final_trigger(model))
        if Step._meta.db_table in connection.introspection.table_names(cursor):
            cursor.execute(STEPS)
    authors.install(connection, role)


def _trigger(model: type[Staged]) -> str:
    pairs = ", ".join(f"'{before}>{after}'" for before, after in sorted(model.lifecycle.pairs))
    return (
        f'CREATE OR REPLACE TRIGGER portal_lifecycle BEFORE UPDATE ON "{model._meta.db_table}"'
        " FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)"
        f" EXECUTE FUNCTION portal_lifecycle({pairs})"
    )


def _final_trigger(model: type[Staged]) -> str:
    table = model.lifecycle
    filled = [str(model._meta.get_field(name).column) for name in table.filled_in_final]  # type: ignore[union-attr]
    left = ", ".join(f"'{name}'" for name in (*NOTED, *filled, *getattr(model, "masked", {})))
    states = ", ".join(f"'{state}'" for state in table.final)
    return (
        f'CREATE OR REPLACE TRIGGER portal_final BEFORE UPDATE ON "{model._meta.db_table}"'
        f" FOR EACH ROW WHEN (OLD.state IN ({states})) EXECUTE FUNCTION portal_final({left})"
    )
