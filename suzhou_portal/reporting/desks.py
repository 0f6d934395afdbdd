"""The desks on which returns are entered, reviewed and corrected."""

from suzhou_portal.desks.registry import Desk, Page, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from suzhou_portal.reporting.models import Correction, Return

desks.add(
    Desk(
        name="returns",
        party=Party.COMMUNITIES,
        model=Return,
        title="上报",
        lead="每个时期结束后，本单位核对由记录算出的指标并提交；上一级审核后发布，数值从此留存、不再改变。",
        fields=("area", "period", "explanation"),
        columns=(
            Column("时期", "period_label"),
            Column("填报单位", "area"),
            Column("提交日期", "submitted_on"),
            Column("发布日期", "approved_on"),
        ),
        facts=(
            Column("时期", "period_label"),
            Column("填报单位", "area"),
            Column("填报人", "entered_by"),
            Column("提交日期", "submitted_on"),
            Column("发布日期", "approved_on"),
            Column("填报说明", "explanation"),
        ),
        select_related=("area", "entered_by"),
        record_pages=(Page(label="核对数值", route="return", permission="reporting.view_return"),),
    ),
    Desk(
        name="corrections",
        party=Party.COMMUNITIES,
        model=Correction,
        title="上报更正",
        lead="已经发布的数值不改，更正和说明公布在旁边。",
        parent="report",
        fields=("snapshot", "value", "note"),
        columns=(
            Column("更正的指标", "snapshot"),
            Column("更正为", "text"),
            Column("公开说明", "note"),
            Column("公布日期", "approved_on"),
        ),
        select_related=("area", "report__area", "snapshot__definition"),
    ),
)
