"""Published values and what is demonstrated, in the admin: only to look at."""

from decimal import Decimal
from typing import Any, ClassVar

from django.contrib import admin

from suzhou_portal import formats
from suzhou_portal.accounts.history import History
from suzhou_portal.accounts.record_form import ChineseForm
from suzhou_portal.accounts.roles import VIEW, Role, grant
from suzhou_portal.figures.models import Demonstration, PublishedValue
from suzhou_portal.figures.registry import figures
from suzhou_portal.lookups import DeclaredLookups

grant(PublishedValue, {Role.DISTRICT: VIEW})
grant(Demonstration, {Role.DISTRICT: VIEW})


class ViewOnlyAdmin(DeclaredLookups, History, admin.ModelAdmin):
    """Loaded from files or made by a command: the admin only shows it."""

    form = ChineseForm
    list_select_related: ClassVar[Any] = ("area",)

    def get_queryset(self, request):
        """The rows of the areas the person answers for."""
        return super().get_queryset(request).filter(request.user.scope(self.model))

    def has_add_permission(self, request):
        """Nobody's."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody's."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nobody's."""
        return False


@admin.register(PublishedValue)
class PublishedValueAdmin(ViewOnlyAdmin):
    list_display = ("label", "area", "published", "exactness", "quote", "source", "as_of")
    list_filter = ("exactness",)
    search_fields = ("figure", "quote", "source", "area__name")
    fields = (
        "label", "area", "published", "previous", "exactness", "quote", "source", "as_of",
        "as_of_inferred", "note",
    )  # fmt: skip

    @admin.display(description="指标", ordering="figure")
    def label(self, record):
        """The figure's name."""
        return figures.get(record.figure).label

    @admin.display(description="公布值")
    def published(self, record):
        """The value with its unit."""
        return _with_unit(record, record.value)

    @admin.display(description="调整前的值")
    def previous(self, record):
        """The value before, with its unit."""
        return _with_unit(record, record.previous_value)


def _with_unit(record: PublishedValue, value: Decimal | None) -> str:
    if value is None:
        return formats.DASH
    return "".join(formats.quantity(value, figures.get(record.figure).unit))


@admin.register(Demonstration)
class DemonstrationAdmin(ViewOnlyAdmin):
    list_display = ("area", "as_of", "created_at")
    search_fields = ("area__name",)
