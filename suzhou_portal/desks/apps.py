from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "suzhou_portal.desks"
    verbose_name = "工作页面"

    def ready(self):
        """Every kind of record is in the admin."""
        from suzhou_portal.desks.admin import register_kinds

        register_kinds()
