from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LifecycleConfig(AppConfig):
    name = "suzhou_portal.lifecycle"
    label = "lifecycle"
    verbose_name = "办理"

    def ready(self):
        """Find what each party does before and after a step."""
        autodiscover_modules("workflow")
