"""M23 常态化培训、应急演练 in the admin."""

from django.contrib import admin

from suzhou_portal.areas.admin import numeric
from suzhou_portal.desks.admin import StagedAdmin
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from volunteers.models import TeamTraining, TrainingAttendance


@admin.register(TeamTraining)
class TeamTrainingAdmin(StagedAdmin):
    list_display = ("title", "kind", "place", "planned_on", "held_on")
    list_filter = ("kind",)
    search_fields = ("title", "place")
    readonly_fields = ("summary", *StagedAdmin.readonly_fields)
    todos = (
        Todo(
            "to_hold", "到期未登记举办的培训演练", "change",
            lambda trainings, day: trainings.in_state("planned").filter(planned_on__lte=day),
        ),
    )  # fmt: skip


@admin.register(TrainingAttendance)
class TrainingAttendanceAdmin(RecordAdmin):
    list_display = ("team", "training", numeric(TrainingAttendance, "people"))
    list_select_related = ("area", "team", "training")
    search_fields = ("team__name", "training__title")
