"""Which migrations there are, as far as this version of the portal knows."""

from functools import cache

from django.db.migrations.loader import MigrationLoader

Migrations = frozenset[tuple[str, str]]


@cache
def known() -> Migrations:
    """Every migration of the code that this process runs, by app and name, with those that others have replaced:
    one that was applied and is not among them is of a later version, or of something that is no more.
    """
    found = MigrationLoader(None).disk_migrations
    return frozenset(found) | {one for migration in found.values() for one in migration.replaces}
