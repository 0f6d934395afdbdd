from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "suzhou_portal.service"
    verbose_name = "运行维护"
