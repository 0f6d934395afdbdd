"""The history of a record in the admin: what the trail says of it. Django's own log stays empty."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse

from suzhou_portal.audit import trail
from suzhou_portal.audit.changes import explain
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.lists import page_of

HISTORY_PAGE = 50


class History(admin.ModelAdmin):
    """An admin whose records have the trail for their history."""

    shows_withheld = True  # to those who may see the record itself

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        entries = AuditEntry.objects.filter(model=self.opts.label_lower, object_id=str(record.pk))
        page = page_of(request, entries, HISTORY_PAGE)
        if self.shows_withheld:
            trail.look([record])
        context = {
            **self.admin_site.each_context(request),
            "title": f"修改历史：{record}",
            "opts": self.opts, "object": record, "page": page,
            "entries": explain(page.object_list, withheld=not self.shows_withheld),
        }  # fmt: skip
        return TemplateResponse(request, "admin/audit_history.html", context)

    def log_addition(self, *about):
        """The trail has it."""

    log_change = log_deletions = log_addition
