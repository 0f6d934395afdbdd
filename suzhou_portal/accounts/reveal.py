"""Looking at one value of personal data: with a reason, and a trace."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import label_for_field, unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from suzhou_portal.accounts.roles import permission
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action


class RevealForm(forms.Form):
    """Why the value is needed."""

    reason = forms.CharField(
        label="查看事由",
        min_length=4,
        max_length=200,
        error_messages={
            "required": "请写明为什么需要查看。",
            "min_length": "请写得具体一些，至少4个字。",
        },
    )


def reveal(record: Model, column: str, reason: str) -> str:
    """The value in full; the look is written down with its reason."""
    trail.record(
        Action.REVEAL,
        model=record._meta.label_lower,
        object_id=str(record.pk),
        area_code=getattr(record, "area_id", ""),
        note=f"{label_for_field(column, type(record))}；事由：{reason}",
    )
    return str(getattr(record, column))


class Revealing(admin.ModelAdmin):
    """An admin whose records show one masked value at a time in full, to those who may see it."""

    def _may_reveal(self, request, record):
        return request.user.has_perm(permission("reveal", self.model), record)

    def _page(self):
        return f"{self.opts.app_label}_{self.opts.model_name}_reveal"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and self._may_reveal(request, obj):
            filled = [name for name in getattr(obj, "masked", {}) if getattr(obj, name)]
            page = f"admin:{self._page()}"
            context["reveals"] = [
                (obj._meta.get_field(name).verbose_name, reverse(page, args=[obj.pk, name]))
                for name in filled
            ]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        view: Any = self.admin_site.admin_view(self.reveal_view)
        reveal_path = path("<path:object_id>/reveal/<slug:column>/", view, name=self._page())
        return [reveal_path, *super().get_urls()]

    def reveal_view(self, request, object_id, column):
        """Ask for the reason, write the look down, show the value once."""
        record = self.get_object(request, unquote(object_id))
        if record is None or column not in getattr(record, "masked", {}):
            raise Http404
        if not self._may_reveal(request, record):
            raise PermissionDenied
        form = RevealForm(request.POST or None)
        value = reveal(record, column, form.cleaned_data["reason"]) if form.is_valid() else None
        title = f"查看{record._meta.get_field(column).verbose_name}：{record}"
        context = {
            **self.admin_site.each_context(request), "title": title, "opts": self.opts,
            "original": record, "form": form, "value": value, "kept_as": value is None and title,
        }  # fmt: skip
        return TemplateResponse(request, "admin/reveal.html", context)
