"""The admin of records, seen and changed only where a person is entrusted with them."""

import contextlib
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, label_for_field, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from suzhou_portal import formats
from suzhou_portal.accounts.choices import choices_for
from suzhou_portal.accounts.exports import export_records
from suzhou_portal.accounts.hidden import found_in_full, is_hidden
from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.accounts.reveal import RevealForm, reveal
from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.admin import AreaRecordAdmin, ListedInline, RecordInline
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.audit import trail
from suzhou_portal.audit.changes import explain
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.lists import page_of

ELSEWHERE = "不在您管辖范围内的记录仍在使用它，不能删除。"
HISTORY_PAGE = 50


class History(admin.ModelAdmin):
    """The history of a record is what the trail says of it; Django's own log stays empty."""

    shows_withheld = True  # to those who may see the record itself

    def history_view(self, request, object_id, extra_context=None):
        """What the trail says of the record."""
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

    def log_addition(self, request, obj, message):
        """The trail has it."""

    def log_change(self, request, obj, message):
        """The trail has it."""

    def log_deletions(self, request, queryset):
        """The trail has it."""


class ScopedChoices(admin.options.BaseModelAdmin):
    """Relations offer, and accept, what the person may choose; hidden values are
    searched only exactly and by those who may see them in full.
    """

    def get_search_fields(self, request):
        """Those anybody may search who sees the records."""
        named = super().get_search_fields(request)  # type: ignore[misc]
        return [path for path in named if not is_hidden(self.model, path)]

    def get_search_results(self, request, queryset, search_term):
        """And what is found by a hidden value."""
        found, repeated = super().get_search_results(request, queryset, search_term)  # type: ignore[misc]
        by_hidden = search_term and found_in_full(
            request.user, self.model, getattr(self, "search_fields", ()), search_term
        )
        if by_hidden:
            found = queryset.filter(Q(pk__in=found.values("pk")) | by_hidden)
        return found, repeated

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Those; and of a record being changed, what it refers to already."""
        allowed = choices_for(request.user, self.model, db_field)
        if allowed is not None:
            kwargs["queryset"] = allowed | self._referred_to(db_field, request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _referred_to(self, db_field, request):
        target = db_field.related_model._base_manager
        key = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        # Below a parent the key is the parent's.
        if key is None or not isinstance(self, admin.ModelAdmin):
            return target.none()
        with contextlib.suppress(ValidationError):
            pk = self.model._meta.pk.to_python(unquote(key))
            stored = self.get_queryset(request).filter(pk=pk)
            return target.filter(pk__in=stored.values(db_field.attname))
        return target.none()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """The same for many."""
        allowed = choices_for(request.user, self.model, db_field)
        if allowed is not None:
            kwargs["queryset"] = allowed
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class ScopedRelatedFilter(admin.RelatedFieldListFilter):
    """A list filtered by related records: those the person may choose."""

    def field_choices(self, field, request, model_admin):
        """Those."""
        allowed = choices_for(request.user, model_admin.model, field)
        ordering = self.field_admin_ordering(field, request, model_admin)
        limit = {} if allowed is None else {"pk__in": allowed.values("pk")}
        return field.get_choices(include_blank=False, ordering=ordering, limit_choices_to=limit)


admin.FieldListFilter.register(
    lambda field: (
        isinstance(field.related_model, type) and issubclass(field.related_model, AreaRecord)
    ),
    ScopedRelatedFilter,
    take_priority=True,
)


class ScopedListedInline(ScopedChoices, ListedInline):
    """Records below their parent, to look at: those the person sees."""

    def get_queryset(self, request):
        """Those the person sees."""
        return super().get_queryset(request).visible_to(request.user)


class ScopedInline(ScopedChoices, RecordInline):
    """Records below their parent: those the person sees, new ones where the person may write."""

    def get_queryset(self, request):
        """Those the person sees."""
        return super().get_queryset(request).visible_to(request.user)


class ScopedAdmin(History, ScopedChoices, AreaRecordAdmin):
    """Lists, pages, actions, exports and history of a record, all from one scoped queryset."""

    form = RecordForm
    actions: tuple[Any, ...] = (export_records,)
    decided: tuple[str, ...] = ()  # what an office says of a record, and its owner does not change

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        for name in getattr(model, "masked", {}):
            setattr(self, f"masked_{name}", _masked(model, name))

    # --- scope

    def get_queryset(self, request):
        """The records the person sees."""
        return super().get_queryset(request).filter(request.user.scope(self.model))

    def get_object(self, request, object_id, from_field=None):
        """One of them; of two people saving it the second waits and is then told."""
        record = super().get_object(request, object_id, from_field)
        writing = request.method == "POST" and transaction.get_connection().in_atomic_block
        if record is None or not writing:
            return record
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Asked again where another record came first, the form says what it conflicts with."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _may(self, request, action, obj):
        return request.user.has_perm(permission(action, self.model), obj)

    def has_view_permission(self, request, obj=None):
        """As the person's assignments say."""
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_change_permission(self, request, obj=None):
        """As the person's assignments say."""
        return self._may(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        """As the person's assignments say."""
        return self._may(request, "delete", obj)

    def get_readonly_fields(self, request, obj=None):
        """What was noted; for an owner also what an office decided."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None or request.user.decides(permission("change", self.model), obj):
            return fields
        return (*fields, *self.decided)

    def get_deleted_objects(self, objs, request):
        """What goes with it; what stands elsewhere is neither named, nor deleted, nor changed."""
        collector = NestedObjects(using="default", origin=objs)
        collector.collect(list(objs))
        changed: Any = chain(*collector.field_updates.values())
        touched: Iterable[Any] = chain(collector.protected, *collector.data.values(), *changed)
        for record in touched:
            known = hasattr(record, "area_id")
            if known and not request.user.has_perm(permission("view", record), record):
                return [], {}, set(), [ELSEWHERE]
        return super().get_deleted_objects(objs, request)

    # --- personal data

    def get_fields(self, request, obj=None):
        """Without the version, which the page carries hidden."""
        return [name for name in super().get_fields(request, obj) if name != "version"]

    def get_fieldsets(self, request, obj=None):
        """Who only looks sees personal data masked too."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        hidden = getattr(self.model, "masked", {})
        return [
            (title, {**options, "fields": [
                f"masked_{name}" if name in hidden else name for name in options["fields"]
            ]})
            for title, options in fieldsets
        ]  # fmt: skip

    def changelist_view(self, request, extra_context=None):
        """What only a few see of the records is looked at."""
        response = super().changelist_view(request, extra_context)
        if listed := getattr(response, "context_data", {}).get("cl"):
            trail.look(listed.result_list)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the links that show one value in full; rows below are looked at too."""
        for rows in context["inline_admin_formsets"]:
            trail.look(form.instance for form in rows.formset.initial_forms)
        if obj is not None and self._may(request, "reveal", obj):
            context["reveals"] = [
                (obj._meta.get_field(name).verbose_name, reverse(
                    f"admin:{self.opts.app_label}_{self.opts.model_name}_reveal",
                    args=[obj.pk, name],
                ))
                for name in getattr(obj, "masked", {})
                if getattr(obj, name)
            ]  # fmt: skip
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        """And the page that shows one value."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_reveal"
        reveal_path = path(
            "<path:object_id>/reveal/<slug:column>/",
            self.admin_site.admin_view(self.reveal_view),
            name=name,
        )
        return [reveal_path, *super().get_urls()]

    def reveal_view(self, request, object_id, column):
        """Ask for the reason, write the look down, show the value once."""
        record = self.get_object(request, unquote(object_id))
        if record is None or column not in getattr(record, "masked", {}):
            raise Http404
        if not self._may(request, "reveal", record):
            raise PermissionDenied
        form = RevealForm(request.POST or None)
        value = None
        if request.method == "POST" and form.is_valid():
            value = reveal(record, column, form.cleaned_data["reason"])
        context = {
            **self.admin_site.each_context(request),
            "title": f"查看{record._meta.get_field(column).verbose_name}：{record}",
            "opts": self.opts, "original": record, "form": form, "value": value,
        }  # fmt: skip
        return TemplateResponse(request, "admin/reveal.html", context)


def _masked(model: Any, name: str) -> Any:
    """A column that shows a value as far as everybody may read it."""

    def column(record):
        return formats.masked(record, name) or None

    return admin.display(column, description=str(label_for_field(name, model)))
