from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "suzhou_portal.demo"
    label = "demo"
    verbose_name = "演示数据"
