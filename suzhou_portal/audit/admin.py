"""The trail as the auditor reads it: filtered, explained, exported, never changed."""

import datetime

from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join

from suzhou_portal import spreadsheets
from suzhou_portal.accounts.roles import VIEW, Role, grant
from suzhou_portal.audit import trail, triggers
from suzhou_portal.audit.changes import explain, label, model_name, model_of, name_of
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.lookups import DeclaredLookups

HEADER = ["时间", "操作人", "网络地址", "来源", "操作", "记录类别", "编号", "名称", "变化", "说明"]
EXPORTED_AT_ONCE = 1000
MOST_EXPORTED = 100_000

grant(AuditEntry, {Role.AUDITOR: VIEW})


class RecordKindFilter(admin.SimpleListFilter):
    title = "记录类别"
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        kinds = [(model._meta.label_lower, name_of(model)) for model in triggers.watched()]
        return sorted(kinds, key=lambda kind: kind[1])

    def queryset(self, request, queryset):
        return queryset.filter(model=self.value()) if self.value() else queryset


class DaysFilter(admin.SimpleListFilter):
    title = "时间"
    parameter_name = "days"

    def lookups(self, request, model_admin):
        return [("1", "一天内"), ("7", "七天内"), ("30", "三十天内"), ("183", "半年内")]

    def queryset(self, request, queryset):
        days = self.value()
        if days is None or days not in dict(self.lookup_choices):
            return queryset
        since = timezone.now() - datetime.timedelta(days=int(days))
        return queryset.filter(at__gte=since)


@admin.register(AuditEntry)
class AuditEntryAdmin(DeclaredLookups, admin.ModelAdmin):
    list_display = ("when", "actor_name", "action", "kind", "object_id", "summary", "address")
    list_display_links = ("when",)
    list_filter = ("action", DaysFilter, RecordKindFilter)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("actor_name", "=address", "=object_id", "note")
    search_help_text = "操作人、网络地址、记录编号或说明"
    actions = ("export",)
    fields = (
        "when", "actor_name", "address", "origin", "action", "kind", "object_id", "area_code",
        "detail", "note",
    )  # fmt: skip
    readonly_fields = fields

    def has_change_permission(self, request, obj=None):
        """Nobody adds to the trail by hand, changes or removes anything."""
        return False

    has_add_permission = has_delete_permission = has_change_permission

    def get_queryset(self, request):
        """Entries about the areas the auditor answers for, and about no area."""
        return super().get_queryset(request).filter(request.user.audited())

    @admin.display(description="时间", ordering="at")
    def when(self, entry):
        return _time(entry)

    @admin.display(description="记录类别", ordering="model")
    def kind(self, entry):
        return model_name(entry)

    @admin.display(description="变化")
    def summary(self, entry):
        """The first few columns that changed, by label."""
        columns = list({**entry.old, **entry.new})
        labels = [label(model_of(entry), column) for column in columns[:4]]
        more = f"等{len(columns)}项" if len(columns) > len(labels) else ""
        return "、".join(labels) + more or entry.note

    @admin.display(description="变化")
    def detail(self, entry):
        [explained] = explain([entry])
        return format_html_join("", "<div>{}</div>", ((str(one),) for one in explained.changes))

    @admin.action(description="导出所选记录（CSV）", permissions=["view"])
    def export(self, request: HttpRequest, queryset) -> FileResponse | None:
        """What is selected, or with 选中所有 all that the filters leave."""
        entries = queryset[: MOST_EXPORTED + 1]
        if len(entries) > MOST_EXPORTED:
            self.message_user(request, spreadsheets.too_many(MOST_EXPORTED), messages.ERROR)
            return None
        trail.record(Action.EXPORT, model=AuditEntry._meta.label_lower, note=f"{len(entries)}条")
        return spreadsheets.csv_response("审计记录", HEADER, _rows(entries))


def _time(entry: AuditEntry) -> str:
    return f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}"


def _rows(entries):
    kept = list(entries)
    for start in range(0, len(kept), EXPORTED_AT_ONCE):
        for explained in explain(kept[start : start + EXPORTED_AT_ONCE]):
            entry = explained.entry
            yield [
                _time(entry),
                entry.actor_name,
                entry.address,
                entry.origin,
                entry.get_action_display(),
                model_name(entry),
                entry.object_id,
                explained.record_name if entry.object_id else "",
                "；".join(str(change) for change in explained.changes),
                entry.note,
            ]
