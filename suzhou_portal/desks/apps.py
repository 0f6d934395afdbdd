from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DesksConfig(AppConfig):
    name = "suzhou_portal.desks"
    label = "desks"
    verbose_name = "工作页面"

    def ready(self):
        """Find the desks of the parties."""
        autodiscover_modules("desks")
