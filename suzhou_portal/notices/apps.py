from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "suzhou_portal.notices"
    verbose_name = "通知"

    def ready(self):
        """Listen to what is written."""
        from suzhou_portal.notices import causes  # noqa: F401 - its receivers
