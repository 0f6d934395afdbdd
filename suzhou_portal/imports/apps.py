from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "suzhou_portal.imports"
    verbose_name = "台账导入"

    def ready(self):
        """What waits for people is on their desks."""
        from suzhou_portal.imports import doubts, letters  # noqa: F401 - they register themselves
