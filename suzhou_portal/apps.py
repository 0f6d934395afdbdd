from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "suzhou_portal"
    verbose_name = "门户"
