from django.apps import AppConfig

from suzhou_portal.discovery import import_all


class LifecycleConfig(AppConfig):
    name = "suzhou_portal.lifecycle"
    verbose_name = "办理"

    def ready(self):
        """Find what each party does before and after a step."""
        import_all("workflow")
