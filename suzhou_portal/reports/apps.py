from django.apps import AppConfig
from django.core import checks


class ReportsConfig(AppConfig):
    name = "suzhou_portal.reports"
    label = "reports"
    verbose_name = "报告"

    def ready(self):
        from suzhou_portal.reports.checks import template_can_be_filled

        checks.register(template_can_be_filled)
