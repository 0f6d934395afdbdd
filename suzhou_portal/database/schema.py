"""Which migrations there are, as this version of the portal has them in its files."""

from functools import cache

from django.db.migrations.loader import MigrationLoader

Migrations = frozenset[tuple[str, str]]


@cache
def _read() -> tuple[Migrations, Migrations]:
    """The migrations that lead to the tables of this code, by app and name; and those that others have replaced."""
    found = MigrationLoader(None)
    replaced = {one for migration in found.disk_migrations.values() for one in migration.replaces}
    return frozenset(found.graph.nodes), frozenset(found.disk_migrations) | replaced


def expected() -> Migrations:
    """What must have been applied for this code to work."""
    return _read()[0]


def known() -> Migrations:
    """What may have been applied: all of `expected`, and those that others have replaced. One that is not among
    them is of a later version, or of something that is no more.
    """
    return _read()[1]
