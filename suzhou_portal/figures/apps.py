from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FiguresConfig(AppConfig):
    name = "suzhou_portal.figures"
    label = "figures"
    verbose_name = "指标"

    def ready(self):
        """Each party's `figures.py` declares its figures when imported."""
        autodiscover_modules("figures")
