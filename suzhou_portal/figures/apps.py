from django.apps import AppConfig

from suzhou_portal.discovery import import_all


class FiguresConfig(AppConfig):
    name = "suzhou_portal.figures"
    verbose_name = "指标"

    def ready(self):
        """Each party's `figures.py` declares its figures when imported."""
        import_all("figures")
