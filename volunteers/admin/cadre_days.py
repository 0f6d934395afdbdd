"""M20 我当一天网格员, 我在社区上一天班 in the admin."""

from django.contrib import admin

from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from volunteers.models import CadreDay, CadreFinding


@admin.register(CadreDay)
class CadreDayAdmin(StagedAdmin):
    list_display = ("unit", "kind", "planned_on", "done_on", "masked_phone")
    list_filter = ("kind",)
    search_fields = ("unit", "diary")
    readonly_fields = ("diary", *StagedAdmin.readonly_fields)
    todos = (
        Todo("to_arrange", "待安排的干部一日体验", "change", lambda days, _: days.in_state("signed_up")),
        Todo(
            "to_record", "待登记当天情况的干部一日体验", "change",
            lambda days, day: days.in_state("arranged").filter(planned_on__lte=day),
        ),
    )  # fmt: skip


@admin.register(CadreFinding)
class CadreFindingAdmin(RecordAdmin):
    list_display = ("title", "kind", "day", "found_on", "event_state")
    list_filter = ("kind",)
    list_select_related = ("area", "day", "event")
    search_fields = ("title", "place")

    @admin.display(description="办理状态", ordering="event__state")
    def event_state(self, finding):
        """Where the grid event stands that it became."""
        return finding.event.get_state_display()
