from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "suzhou_portal.dashboards"
    label = "dashboards"
    verbose_name = "看板"
