"""The admin of keys: each is shown to the administrator once, when it is made."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path

from suzhou_portal.desks.admin import RecordAdmin


class KeyAdmin(RecordAdmin):
    """Keys of other offices' systems, and the page that makes one anew."""

    def get_urls(self):
        """And the page that makes the key anew."""
        view = self.admin_site.admin_view(self.renew_view)
        return [
            path("<path:object_id>/renew/", view, name="linkage_apikey_renew"),
            *super().get_urls(),
        ]

    def get_fields(self, request, obj=None):
        """A new one is not called in yet."""
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name != "revoked_on"]

    def response_add(self, request, obj, post_url_continue=None):
        """Show the key, this once."""
        return self._key_page(request, obj)

    def renew_view(self, request, object_id):
        """Ask, then make another key; the one before opens nothing from then on."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        key = self.get_object(request, unquote(object_id))
        if key is None:
            raise Http404
        if not self.has_change_permission(request, key):
            raise PermissionDenied
        if request.method == "POST":
            key.renew()
            key.save()
        return self._key_page(request, key)

    def _key_page(self, request, key):
        return TemplateResponse(request, "admin/api_key.html", {
            **self.admin_site.each_context(request),
            "title": f"接口密钥：{key}", "opts": self.opts, "secret": key.secret,
        })  # fmt: skip
