"""Thresholds that each district sets for itself."""

from communities.enums.thresholds import PUBLISHED
from communities.models import Threshold
from suzhou_portal.accounts.roles import KEEP, VIEW, Role
from suzhou_portal.records.kinds import InAdmin, Kind, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

_PUBLISHED = "；".join(f"{kind.label}为{value}" for kind, value in PUBLISHED.items())

kinds.add(Kind(
    model=Threshold, party=Party.COMMUNITIES,
    roles={Role.DISTRICT: KEEP, Role.HR: VIEW},
    name="thresholds", title="区级标准线",
    lead=f"由区级确定，调整时新增一条，旧的保留。没有确定的：{_PUBLISHED}。",
    fields=("area", "kind", "value", "effective_from", "basis"), carried=("area", "kind"),
    columns=("kind", "value", "area", "effective_from", "basis"),
    filters=("kind",),
    public=Public(
        lead=f"评审、更正等按这些标准线办理，按执行日期先后。没有确定的：{_PUBLISHED}。",
        records=lambda day: Threshold.objects.until(day, "effective_from").order_by("-effective_from"),
        columns=("kind", "value", "area", "effective_from", "basis"),
    ),
    admin=InAdmin(columns=("kind", "value", "effective_from", "basis"), search=("basis",)),
))  # fmt: skip
