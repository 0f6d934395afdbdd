from django.apps import AppConfig


class LinkageConfig(AppConfig):
    name = "suzhou_portal.linkage"
    verbose_name = "联动"
