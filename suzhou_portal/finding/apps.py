from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "suzhou_portal.finding"
    verbose_name = "找服务"
