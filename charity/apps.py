from django.apps import AppConfig


class CharityConfig(AppConfig):
    name = "charity"
    verbose_name = "慈善资源"
