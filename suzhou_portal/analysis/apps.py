from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    name = "suzhou_portal.analysis"
    verbose_name = "分析台"
