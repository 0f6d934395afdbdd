from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "suzhou_portal.reports"
    label = "reports"
    verbose_name = "报告"
