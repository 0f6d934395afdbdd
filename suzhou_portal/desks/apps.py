from django.apps import AppConfig


class DesksConfig(AppConfig):
    name = "suzhou_portal.desks"
    verbose_name = "工作页面"

    def ready(self):
        """Every kind of record is in the admin; drafts go in time, and their files with them."""
        from suzhou_portal.desks import drafts  # noqa: F401
        from suzhou_portal.desks.admin import register_kinds
        from suzhou_portal.files.apps import gone_with_its_row

        register_kinds()
        gone_with_its_row("desks.DraftFile")
