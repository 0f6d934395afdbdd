from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ReportingConfig(AppConfig):
    name = "suzhou_portal.reporting"
    verbose_name = "上报"

    def ready(self):
        """Whenever tables are brought up to date, so is the history of definitions."""
        post_migrate.connect(_record_definitions, sender=self)


def _record_definitions(using, **kwargs):
    from suzhou_portal.reporting import definitions
    from suzhou_portal.reporting.models import FigureDefinition

    # On the way back through migrations the table may be gone.
    if FigureDefinition._meta.db_table in connections[using].introspection.table_names():
        definitions.record(using)
