"""The admin of every kind of record, made from its declaration: lists, pages, actions, exports and history,
all from one scoped queryset.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects, unquote
from django.db import IntegrityError, transaction
from django.shortcuts import redirect

from suzhou_portal.accounts.exports import export_records
from suzhou_portal.accounts.history import History
from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.accounts.reveal import Revealing
from suzhou_portal.accounts.roles import permission
from suzhou_portal.accounts.searched import SearchedChoices
from suzhou_portal.audit import trail
from suzhou_portal.desks.admin_parts import (
    StreetFilter,
    TodoFilter,
    inline,
    list_column,
    masked_column,
)
from suzhou_portal.desks.admin_steps import step_action
from suzhou_portal.figures.scope import demonstration
from suzhou_portal.merging.models import stands_for
from suzhou_portal.records.columns import Column, joins, rows_read
from suzhou_portal.records.kinds import Kind, kinds

ELSEWHERE = "不在您管辖范围内的记录仍在使用它，不能删除。"
NOTED = ("is_demo", "entered_by", "created_at", "updated_at")


class RecordAdmin(History, Revealing, SearchedChoices, admin.ModelAdmin):
    """The admin of a kind of record, as its declaration (`Kind.admin`) says."""

    form = RecordForm
    list_per_page = 50
    actions: tuple[Any, ...] = (export_records,)
    noted: ClassVar[tuple[str, ...]] = NOTED

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        kind = kinds.of(model)
        if kind is None:
            raise ValueError(f"{model._meta.label} is no kind that is declared")
        self.kind: Kind = kind
        declared = kind.admin
        vars(self).update(
            list_display=[list_column(model, one) for one in declared.columns],
            list_filter=kind.filters if declared.filters is None else declared.filters,
            search_fields=kind.search if declared.search is None else declared.search,
            list_select_related=self._joins(),
            date_hierarchy=declared.dates,
            readonly_fields=(*_filled_in(kind), *self.noted),
            # What stands with another record stands where that one does.
            exclude=("area",) if model.stands_with else (),
            fieldsets=[(title, {"fields": named}) for title, named in declared.fieldsets] or None,
            inlines=[inline(rows) for rows in declared.rows],
        )
        for name in getattr(model, "masked", {}):
            setattr(self, f"masked_{name}", masked_column(model, name))

    def _joins(self):
        paths = [one.path if isinstance(one, Column) else one for one in self.kind.admin.columns]
        named = [Column("", one) for one in paths if isinstance(one, str)]
        return [*joins(self.model, named), *self.kind.joins]

    # --- what is shown

    def get_list_display(self, request):
        """What it is, where it stands, and the rest."""
        first, *others = super().get_list_display(request)
        return [first, "area", *others, "is_demo"]

    def get_list_filter(self, request):
        """What waits comes first, then where it stands."""
        todo = [TodoFilter] if self.kind.todos else []
        return [*todo, StreetFilter, *super().get_list_filter(request)]

    def get_search_fields(self, request):
        """The name of its division is always searched too."""
        return [*super().get_search_fields(request), "area__name"]

    def get_inlines(self, request, obj):
        """A new record has no rows to look at yet."""
        rows: Any = super().get_inlines(request, obj)
        return [one for one in rows if obj or not one.rows.listed]

    def get_fields(self, request, obj=None):
        """What a clerk fills in; the page carries the version hidden."""
        hidden = {*NOTED, "version"}
        return [name for name in super().get_fields(request, obj) if name not in hidden]

    def get_fieldsets(self, request, obj=None):
        """What a clerk fills in, then, of a record that exists, what the portal noted. Who only looks
        sees personal data masked here too.
        """
        noted = [("登记信息", {"fields": NOTED})] if obj else []
        fieldsets = [*super().get_fieldsets(request, obj), *noted]
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        hidden = getattr(self.model, "masked", {})
        return [
            (title, {**options, "fields": [
                f"masked_{name}" if name in hidden else name for name in options["fields"]
            ]})
            for title, options in fieldsets
        ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        """What was noted and what steps fill in; for an owner also what an office decided."""
        fields = super().get_readonly_fields(request, obj)
        if obj is None:
            return tuple(name for name in fields if name not in self.kind.admin.of_old)
        if request.user.decides(permission("change", self.model), obj):
            return fields
        return (*fields, *self.kind.admin.decided)

    # --- scope

    def get_queryset(self, request):
        """The records the person sees."""
        records = super().get_queryset(request).filter(request.user.scope(self.model))
        return records.prefetch_related(*rows_read(self.kind.admin.columns))

    def get_object(self, request, object_id, from_field=None):
        """One of them; of two people saving it the second waits and is then told."""
        record = super().get_object(request, object_id, from_field)
        writing = request.method == "POST" and transaction.get_connection().in_atomic_block
        if record is None or not writing:
            return record
        list(self.model._base_manager.select_for_update().filter(pk=record.pk).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """The former address of a record that was merged leads on to the one that stays."""
        if kept := stands_for(self.model, unquote(object_id)):
            return redirect(f"admin:{opts.app_label}_{opts.model_name}_change", kept)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Asked again where another record came first, the form says what it conflicts with."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _may(self, request, action, obj):
        return request.user.has_perm(permission(action, self.model), obj)

    def has_view_permission(self, request, obj=None):
        """Whether the person's assignments let them see it."""
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_add_permission(self, request):
        """What no role adds the portal makes itself, and nobody else."""
        added = any("add" in actions for actions in self.kind.roles.values())
        return added and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        """Whether the person's assignments let them change it, while the record is not kept as it is."""
        return self._may(request, "change", obj) and not self._is(self.kind.admin.kept, obj)

    def has_delete_permission(self, request, obj=None):
        """Whether the person's assignments let them delete it, while the record is not kept as it is."""
        declared = self.kind.admin
        stays = self._is(declared.kept, obj) or self._is(declared.settled, obj)
        return self._may(request, "delete", obj) and not stays

    def _is(self, said, obj):
        return bool(said and obj is not None and said(obj))

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

    # --- what is written: on a demonstration site every new record is a demonstration record

    def save_model(self, request, obj, form, change):
        """Mark a new record."""
        if not change:
            obj.is_demo = demonstration(request) is not None
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        """Mark new records below it."""
        for row in formset.extra_forms:
            row.instance.is_demo = demonstration(request) is not None
        super().save_formset(request, form, formset, change)

    # --- personal data

    def changelist_view(self, request, extra_context=None):
        """What only a few see of the records is looked at."""
        response = super().changelist_view(request, extra_context)
        if listed := getattr(response, "context_data", {}).get("cl"):
            trail.look(listed.result_list)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Rows below are looked at too."""
        for rows in context["inline_admin_formsets"]:
            trail.look(form.instance for form in rows.formset.initial_forms)
        return super().render_change_form(request, context, add, change, form_url, obj)


class StagedAdmin(RecordAdmin):
    """State is read-only; steps that ask for nothing are actions, the others stand on the desk."""

    noted = ("state", *NOTED)

    def get_deleted_objects(self, objs, request):
        """What is final stays, several at once too."""
        if not all(record.may_change for record in objs):
            return [], {}, set(), ["已经办理的记录不能删除。"]
        return super().get_deleted_objects(objs, request)

    def get_list_display(self, request):
        """The state comes before what the portal noted."""
        *shown, demo = super().get_list_display(request)
        return [*shown, "state", demo]

    def get_list_filter(self, request):
        """By state too."""
        return [*super().get_list_filter(request), "state"]

    def get_fields(self, request, obj=None):
        """A new record has no state yet."""
        return [name for name in super().get_fields(request, obj) if obj or name != "state"]

    def has_change_permission(self, request, obj=None):
        """What is closed stays as it is."""
        return _open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """What is closed stays."""
        return _open(obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request):
        """And a step for each that the person may take."""
        actions = super().get_actions(request)
        for move in self.model.lifecycle.moves:
            if not move.asks and request.user.has_perm(permission(move.action, self.model)):
                actions[f"take_{move.verb}"] = (step_action(move), f"take_{move.verb}", move.label)
        return actions

    def view_on_site(self, obj):
        """Its desk, with all steps and their history."""
        return f"/desk/{self.kind.name}/{obj.pk}/" if self.kind.name else obj.get_absolute_url()


def _filled_in(kind: Kind) -> tuple[str, ...]:
    """The fields that a form leaves to something else: those that steps ask for, and no desk."""
    steps = kind.model.lifecycle.filled_by_steps if kind.staged else ()  # type: ignore[attr-defined]
    asked = [n for n in steps if n not in kind.fields and kind.model._meta.get_field(n).editable]
    return (*asked, *kind.admin.given)


def _open(record: Any) -> bool:
    return record is None or record.may_change


def register_kinds() -> None:
    """Put every kind that is declared into the admin."""
    for kind in kinds:
        base: Any = kind.admin.base or (StagedAdmin if kind.staged else RecordAdmin)
        admin.site.register(kind.model, base)
