from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "suzhou_portal.reports"
    verbose_name = "报告"

    def ready(self):
        """The template is checked when the portal starts."""
        from suzhou_portal.reports import word  # noqa: F401 - registers its check
