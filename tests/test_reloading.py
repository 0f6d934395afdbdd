"""Migrations that render only what they change leave the database as Django's own way does."""

import subprocess
import sys

import psycopg
import pytest
from django.db import connections

from tests.databases import server, templates
from tests.databases.sources import HOME

PLAIN = """
import sys
import django; django.setup()
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from tests.databases import server
server.point(sys.argv[1])
executor = MigrationExecutor(connections["owner"])
executor.migrate(executor.loader.graph.leaf_nodes())
"""
CATALOGUES = (
    "SELECT table_name, column_name, udt_name, character_maximum_length, numeric_precision,"
    " numeric_scale, is_nullable, column_default, collation_name, is_identity, generation_expression"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger"
    " WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT extname FROM pg_extension",
    "SELECT app, name FROM django_migrations",
)


def catalogue(name):
    """All that migrations left in the database."""
    reached = connections["owner"].get_connection_params() | {"dbname": name}
    with psycopg.connect(**reached) as connection:
        return {str(row) for asked in CATALOGUES for row in connection.execute(asked)}


@pytest.mark.exhaustive
def test_the_same_tables_either_way(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        alone, plain = templates.ready("tables"), server.new()
        subprocess.run([sys.executable, "-c", PLAIN, plain], cwd=HOME, check=True)
        assert len(catalogue(alone)) > 1_000
        assert catalogue(alone) ^ catalogue(plain) == set()
        server.drop(plain)
