from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "suzhou_portal.imports"
    verbose_name = "台账导入"
