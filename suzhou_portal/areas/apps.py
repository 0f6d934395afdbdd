from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "suzhou_portal.areas"
    verbose_name = "行政区划"
