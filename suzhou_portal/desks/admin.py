"""The admin of records with a lifecycle: it keeps everything, and its actions take the same steps."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError

from suzhou_portal.accounts.roles import permission
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.desks.forms import needs_form
from suzhou_portal.desks.registry import desks
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.lookups import DeclaredLookups

READ_ONLY = ("state",)


class StagedAdmin(RecordAdmin):
    """State is read-only; steps that ask for nothing are actions, the others stand on the desk."""

    readonly_fields: ClassVar[tuple[str, ...]] = (*READ_ONLY, *RecordAdmin.readonly_fields)

    def get_deleted_objects(self, objs, request):
        """What is final stays, several at once too."""
        if any(record.is_final for record in objs):
            return [], {}, set(), ["已经生效的记录不能删除。"]
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
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in READ_ONLY]

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
            if not needs_form(move) and request.user.has_perm(permission(move.action, self.model)):
                actions[f"take_{move.verb}"] = (_action(move), f"take_{move.verb}", move.label)
        return actions

    def view_on_site(self, obj):
        """Its desk, with all steps and their history."""
        desk = desks.of(type(obj))
        return f"/desk/{desk.name}/{obj.pk}/" if desk else obj.get_absolute_url()


def _open(record: Any) -> bool:
    return record is None or record.may_change


def _action(move: Move) -> Any:
    def act(modeladmin, request, queryset):
        taken = 0
        for record in queryset:
            try:
                take(record, move.verb, by=request.user)
                taken += 1
            except PermissionDenied:
                modeladmin.message_user(
                    request, f"{record}：您不能办理“{move.label}”，请由他人办理。", messages.ERROR
                )
            except ValidationError as error:
                modeladmin.message_user(request, "".join(error.messages), messages.WARNING)
        if taken:
            modeladmin.message_user(request, f"{taken}条已办理“{move.label}”。", messages.SUCCESS)

    return act


@admin.register(SpecialDay)
class SpecialDayAdmin(DeclaredLookups, admin.ModelAdmin):
    """The State Council's arrangement, entered once a year."""

    list_display = ("date", "name", "working")
    list_filter = ("working",)
    search_fields = ("name",)
    date_hierarchy = "date"
