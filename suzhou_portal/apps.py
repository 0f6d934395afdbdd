from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin import apps as admin_apps

from suzhou_portal.texts import require_holdable


class PortalConfig(AppConfig):
    name = "suzhou_portal"
    verbose_name = "门户"

    def ready(self):
        """No record holds text that no file can."""
        for model in apps.get_models():
            require_holdable(model)


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin, on a site of our own."""

    default = False
    default_site = "suzhou_portal.admin_site.PortalAdminSite"

    def ready(self):
        """Take out what other projects register: roles stand in code, devices with their account."""
        super().ready()
        for label in ("auth.Group", "otp_totp.TOTPDevice", "django_tasks_database.DBTaskResult"):
            admin.site.unregister(apps.get_model(label))
