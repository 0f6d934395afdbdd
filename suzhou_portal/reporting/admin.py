"""Returns and what they keep, in the admin: snapshots and definitions only to look at."""

from django.contrib import admin

from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import ViewOnlyAdmin
from suzhou_portal.figures.waiting import Todo
from suzhou_portal.reporting.disclosure import disclosed
from suzhou_portal.reporting.models import Correction, FigureDefinition, Return, Snapshot


@admin.register(Return)
class ReturnAdmin(StagedAdmin):
    list_display = ("period_name", "area", "submitted_on", "approved_on")
    list_select_related = ("area",)
    search_fields = ("period", "area__name", "explanation")
    todos = (
        Todo(
            "to_review",
            "待审核的上报",
            "review",
            lambda all_, _: all_.in_state("submitted"),
            from_above=True,
        ),
        Todo("to_amend", "被退回的上报", "change", lambda all_, _: all_.in_state("returned")),
    )

    @admin.display(description="时期", ordering="period")
    def period_name(self, report):
        """The period as people say it."""
        return report.period_label


@admin.register(Correction)
class CorrectionAdmin(StagedAdmin):
    list_display = ("__str__", "report", "approved_on")
    list_select_related = ("area", "report__area", "snapshot__definition")
    search_fields = ("note", "report__area__name")
    exclude = ("area",)
    todos = (
        Todo(
            "to_review", "待审核的上报更正", "review", lambda all_, _: all_.open(), from_above=True
        ),
    )


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
        """With what may be shown of it."""
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
