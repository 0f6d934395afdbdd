from django.apps import AppConfig


class MergingConfig(AppConfig):
    name = "suzhou_portal.merging"
    verbose_name = "可能重复"

    def ready(self):
        """What waits for people is on their desks."""
        from suzhou_portal.merging import finding  # noqa: F401 - it registers itself
