"""Django's migrate, as the owner of the database; then the application's rights and our triggers."""

from django.core.management.commands import migrate
from django.db import connections
from psycopg import sql

from suzhou_portal import reloading, triggers
from suzhou_portal.audit import triggers as trail
from suzhou_portal.database.alone import alone
from suzhou_portal.figures.kept import sources, upkeep
from suzhou_portal.files.closing import close_to_others
from suzhou_portal.lifecycle import authors
from suzhou_portal.lifecycle import triggers as steps

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
)


class Command(migrate.Command):
    """Django's command, with `owner` as the default database."""

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.set_defaults(database="owner")

    def handle(self, *args, **options):
        """One at a time: two that change the same tables or functions at once refuse each other."""
        with alone("portal_prepares", options["database"]):
            with reloading.only_what_changes():
                super().handle(*args, **options)
            self._finish(connections[options["database"]])

    def _finish(self, connection):
        role = connections["default"].settings_dict["USER"]
        if role != connection.settings_dict["USER"]:
            with connection.cursor() as cursor:
                for grant in GRANTS:
                    cursor.execute(sql.SQL(grant).format(role=sql.Identifier(role)))
        triggers.install(connection, role, declared())
        upkeep.remove_foreign(connection)
        close_to_others()


def declared() -> list[triggers.Declared]:
    """All triggers of the portal, and their functions."""
    return [trail.declared(sources.tables()), steps.DECLARED, authors.DECLARED]
