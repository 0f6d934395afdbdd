"""What returns keep, in the admin: snapshots and definitions, only to look at."""

from django.contrib import admin

from suzhou_portal.accounts.roles import VIEW, Role, grant
from suzhou_portal.figures.admin import ViewOnlyAdmin
from suzhou_portal.reporting.disclosure import disclosed
from suzhou_portal.reporting.models import FigureDefinition, Snapshot

grant(Snapshot, dict.fromkeys((Role.COMMUNITY, Role.STREET, Role.DISTRICT), VIEW))
grant(FigureDefinition, {Role.DISTRICT: VIEW})


@admin.register(Snapshot)
class SnapshotAdmin(ViewOnlyAdmin):
    shows_withheld = False
    view_on_site = False
    list_display = ("label", "text", "report", "as_of", "rows")
    list_select_related = ("area", "report__area", "definition")
    search_fields = ("figure", "report__area__name", "report__period")
    fields = (
        "report", "figure", "definition", "text", "value_state", "as_of", "rows", "digest",
    )  # fmt: skip

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        return record and disclosed([record])[0]

    @admin.display(description="数值")
    def text(self, snapshot):
        """The value as its public page shows it; of a mean a list does not say whether that may be shown."""
        return "见快照" if snapshot.is_concealed else snapshot.text


@admin.register(FigureDefinition)
class FigureDefinitionAdmin(ViewOnlyAdmin):
    list_display = ("label", "version", "kind", "unit", "valid_from")
    list_select_related = False
    search_fields = ("figure", "label", "definition")
