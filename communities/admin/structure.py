"""M6 一核多元 in the admin."""

from django.contrib import admin

from communities.models import GoverningBody
from suzhou_portal import formats
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo


@admin.register(GoverningBody)
class GoverningBodyAdmin(RecordAdmin):
    list_display = ("name", "kind", "head", "masked_head_name", "founded_on", "ended_on")
    list_filter = ("kind", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("area", "head")
    search_fields = ("name", "head__name")
    todos = (
        Todo(
            "without_core",
            "所在社区还没有登记社区党委的治理主体",
            "change",
            lambda bodies, day: bodies.without_core(day),
        ),
    )

    @admin.display(description="负责人姓名")
    def masked_head_name(self, record):
        """The name of a head who is none of ours, as far as everybody may read it."""
        return formats.masked(record, "head_name") or None
