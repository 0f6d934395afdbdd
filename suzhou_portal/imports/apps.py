from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ImportsConfig(AppConfig):
    name = "suzhou_portal.imports"
    label = "imports"
    verbose_name = "台账导入"

    def ready(self):
        """Each party's `imports.py` declares its ledgers when imported."""
        autodiscover_modules("imports")
