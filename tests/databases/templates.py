"""Templates: databases that are made once, from code and seeds as they are, and kept between runs."""

import io
import subprocess
import sys
from collections.abc import Callable, Iterable

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from suzhou_portal.reloading import only_what_changes
from tests.databases import server
from tests.databases.sources import HOME, digest

KEPT = 3  # of each kind: this checkout's, the former one's, and one of a branch beside it


def _tables() -> None:
    """Migrations alone. What our `migrate` puts there beside is made from code of today, so that is
    left to the kind that follows.
    """
    executor = MigrationExecutor(connections["owner"])
    with only_what_changes():
        executor.migrate(executor.loader.graph.leaf_nodes())


# What the portal can't do, and tests need: an entry of the trail made up from columns; returns its key.
MADE_UP = """
CREATE FUNCTION test_made_up(columns jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  INSERT INTO audit_auditentry SELECT (jsonb_populate_record(NULL::audit_auditentry, jsonb_build_object(
    'id', nextval(pg_get_serial_sequence('audit_auditentry', 'id')), 'at', now(), 'actor_name', '',
    'address', '', 'origin', '', 'model', '', 'object_id', '', 'area_code', '', 'old', '{}'::jsonb,
    'new', '{}'::jsonb, 'note', ''
  ) || columns)).* RETURNING id
$$
"""
# And a row forgotten as if it had never been written, whatever was decided about it.
FORGOTTEN = """
CREATE FUNCTION test_forgotten(place regclass, key bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  PERFORM set_config('portal.retention', 'on', true);
  EXECUTE format('DELETE FROM %s WHERE id = $1', place) USING key;
  PERFORM set_config('portal.retention', '', true);
END
$$
"""


def _bare() -> None:
    call_command("migrate", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute(MADE_UP)
        cursor.execute(FORGOTTEN)


def _reference() -> None:
    call_command("load_reference", stdout=io.StringIO())


def _demonstration() -> None:
    """As `make run` leaves it: the records, and every area's values kept."""
    call_command("seed_demo", stdout=io.StringIO())
    call_command("refresh_figures", stdout=io.StringIO())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


MAKERS: dict[str, Callable[[], None]] = {
    "tables": _tables,
    "bare": _bare,
    "reference": _reference,
    "demonstration": _demonstration,
}
KINDS = list(MAKERS)


def name_of(kind: str) -> str:
    """The name of the only template of this kind that code and seeds allow."""
    return f"{server.TEMPLATE}{kind}_{digest(kind)}"


def is_ready(kind: str) -> bool:
    """Whether the template is there."""
    return server.is_there(name_of(kind))


def ready(kind: str) -> str:
    """The template's name, once it is there. Raises RuntimeError where it can't be made."""
    if not is_ready(kind):
        making([kind]).communicate()
        if not is_ready(kind):
            raise RuntimeError(f"the database template {kind!r} could not be made; see above")
    return name_of(kind)


def making(kinds: Iterable[str]) -> subprocess.Popen:
    """A process that makes what is missing, since making leaves traces in the process that does it."""
    return subprocess.Popen([sys.executable, "-m", "tests.databases", *kinds], cwd=HOME)


def make(kind: str) -> str:
    """Make the template unless it is there, after those it stands on; returns its name."""
    name = name_of(kind)
    with server.held(name):
        if not server.is_there(name):
            before = KINDS[: KINDS.index(kind)]
            draft = server.new(make(before[-1]) if before else None)
            server.point(draft)
            MAKERS[kind]()
            connections.close_all()
            # It has its name only now, so one that is half made is never found.
            server.execute("ALTER DATABASE {} RENAME TO {}", draft, name)
            server.drop(*server.names(f"{server.TEMPLATE}{kind}_")[:-KEPT])
    return name
