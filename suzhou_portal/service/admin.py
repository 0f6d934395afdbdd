"""What was run, as the administrator reads it."""

from django.contrib import admin

from suzhou_portal.accounts.roles import VIEW, Role, grant
from suzhou_portal.lookups import DeclaredLookups
from suzhou_portal.service.models import CheckResult, ServiceRun

grant(ServiceRun, {Role.ADMINISTRATOR: VIEW})
grant(CheckResult, {Role.ADMINISTRATOR: VIEW})


@admin.register(ServiceRun)
class ServiceRunAdmin(DeclaredLookups, admin.ModelAdmin):
    """To be read only."""

    list_display = ("started_at", "kind", "ok", "detail", "path", "bytes")
    list_filter = ("kind", "ok")
    list_per_page = 50
    search_fields = ("detail", "path")
    search_help_text = "结果或文件"

    def has_change_permission(self, request, obj=None):
        """Nobody adds a run by hand, changes or removes one."""
        return False

    has_add_permission = has_delete_permission = has_change_permission
