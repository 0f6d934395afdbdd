"""M9 优化“两委”班子 in the admin."""

from django.contrib import admin

from communities.models import CommitteeMember, CommitteeTerm
from suzhou_portal.accounts.scoped import ScopedInline
from suzhou_portal.areas.admin import numeric
from suzhou_portal.figures.admin import RecordAdmin
from suzhou_portal.figures.waiting import Todo
from suzhou_portal.months import months_before

WARNED = 6  # months before a term ends


class CommitteeMemberInline(ScopedInline):
    model = CommitteeMember
    fields = ("person", "position", "started_on", "ended_on")
    related = ("person",)


@admin.register(CommitteeTerm)
class CommitteeTermAdmin(RecordAdmin):
    list_display = (
        "kind",
        "number",
        "started_on",
        "ends_on",
        numeric(CommitteeTerm, "seats"),
        "serving",
        "vacancies",
    )
    list_filter = ("kind",)
    search_fields = ("=number",)
    inlines = (CommitteeMemberInline,)
    todos = (
        Todo("vacant", "有空缺的“两委”班子", "change", lambda terms, day: terms.incomplete(day)),
        Todo(
            "due",
            "六个月内届满或已届满、尚未换届的“两委”班子",
            "change",
            lambda terms, day: terms.due(months_before(day, -WARNED)),
        ),
    )

    def get_queryset(self, request):
        """With the members the list counts."""
        return super().get_queryset(request).prefetch_related("members")

    @admin.display(description="在任（人）")
    def serving(self, record):
        """How many serve today."""
        return record.serving

    @admin.display(description="空缺（人）")
    def vacancies(self, record):
        """Seats nobody serves in today."""
        return record.vacancies


@admin.register(CommitteeMember)
class CommitteeMemberAdmin(RecordAdmin):
    list_display = ("person", "term", "position", "started_on", "ended_on")
    list_filter = ("term__kind", "position", ("ended_on", admin.EmptyFieldListFilter))
    list_select_related = ("area", "person", "term__area")
    search_fields = ("person__name",)
    exclude = ("area",)  # the term's
