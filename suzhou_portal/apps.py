from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PortalConfig(AppConfig):
    name = "suzhou_portal"
    verbose_name = "门户"


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin, on a site of our own."""

    default = False
    default_site = "suzhou_portal.admin_site.PortalAdminSite"
