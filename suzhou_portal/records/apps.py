from django.apps import AppConfig

from suzhou_portal.discovery import import_all


class RecordsConfig(AppConfig):
    name = "suzhou_portal.records"
    verbose_name = "记录"

    def ready(self):
        """Each party's `kinds` declares its kinds of record when imported, `printed` its documents."""
        import_all("kinds")
        import_all("printed")
