"""M4 智慧社区试点."""

from communities.models import SmartDevice, SmartPilot
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("社区", "area")
STAGES = (
    Column("申报日期", "applied_on"),
    Column("批准日期", "approved_on"),
    Column("开工日期", "building_on"),
    Column("试运行日期", "trial_on"),
    Column("验收日期", "accepted_on"),
    Column("正式运行日期", "running_on"),
    Column("停止运行日期", "stopped_on"),
)

desks.add(
    Desk(
        name="smart-pilots",
        party=Party.COMMUNITIES,
        model=SmartPilot,
        title="智慧社区试点",
        lead="社区申报，区级评审；批准后建设、试运行，验收通过后正式运行。",
        fields=("area", "name", "content", "applied_on"),
        remembered=("area",),
        columns=(Column("试点名称", "name"), AREA, Column("申报日期", "applied_on")),
        facts=(AREA, Column("建设内容", "content"), *STAGES, Column("验收意见", "findings")),
        search=("name", "content"),
        files=True,
        public=Public(
            title="智慧社区试点",
            lead="经区级批准的智慧社区试点，建了什么，进展到哪一步。",
            records=lambda day: SmartPilot.objects.until(day, "approved_on"),
            columns=(Column("试点名称", "name"), AREA, Column("批准日期", "approved_on")),
            facts=(
                AREA,
                Column("建设内容", "content"),
                *STAGES[1:],
                Column("验收意见", "findings"),
            ),
        ),
    ),
    Desk(
        name="smart-devices",
        party=Party.COMMUNITIES,
        model=SmartDevice,
        title="设备和应用",
        lead="试点安装的设备和上线的应用，是否正常。",
        parent="pilot",
        fields=("pilot", "kind", "name", "quantity", "installed_on", "faulty_since", "removed_on"),
        remembered=("kind", "installed_on"),
        columns=(
            Column("名称", "name"),
            Column("类别", "kind"),
            Column("数量（台套）", "quantity"),
            Column("安装日期", "installed_on"),
            Column("状况", "condition"),
        ),
        facts=(
            Column("试点", "pilot"),
            AREA,
            Column("类别", "kind"),
            Column("数量（台套）", "quantity"),
            Column("安装日期", "installed_on"),
            Column("状况", "condition"),
            Column("故障日期", "faulty_since"),
            Column("拆除日期", "removed_on"),
        ),
        select_related=("area", "pilot"),
        filters=("kind",),
        search=("name",),
        files=True,
    ),
)
