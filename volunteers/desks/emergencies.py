"""M19, M22 平急转换."""

from suzhou_portal.desks.registry import Desk, Page, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import Emergency

AREA = Column("范围", "area")
TITLE = Column("事由", "__str__")
_DECLARED = (
    Column("性质", "nature"),
    Column("事件类别", "kind"),
    AREA,
    Column("响应级别", "level"),
    Column("下令机关", "ordered_by"),
    Column("应对措施", "measures"),
    Column("启动日期", "started_on"),
    Column("预计结束", "expected_until"),
    Column("恢复日期", "ended_on"),
)

desks.add(
    Desk(
        name="emergencies",
        party=Party.VOLUNTEERS,
        model=Emergency,
        title="平急转换",
        lead="区级下令：待命、启动、调整、恢复、复盘。启动后，该地区每一页都有提示；各地集结、签到、"
        "执行任务、撤收。演练另行统计。",
        fields=(
            "area", "is_drill", "kind", "title", "level", "ordered_by", "measures",
            "expected_until", "standby_on",
        ),
        remembered=("kind", "ordered_by"),
        columns=(
            TITLE,
            Column("性质", "nature"),
            AREA,
            Column("响应级别", "level"),
            Column("启动日期", "started_on"),
            Column("预计结束", "expected_until"),
        ),
        facts=(
            *_DECLARED,
            Column("待命日期", "standby_on"),
            Column("复盘日期", "reviewed_on"),
            Column("复盘", "review"),
        ),
        search=("title", "measures"),
        filters=("kind", "level"),
        files=True,
        record_pages=(Page(label="动员清单", route="mobilization", permission="volunteers.add_muster"),),
        public=Public(
            title="应急响应和演练",
            lead="区级下令的应急响应：级别、范围、应对措施和起止日期。演练都注明“演练”，不是真实事件。",
            records=lambda _: Emergency.objects.declared(),
            columns=(
                TITLE,
                Column("性质", "nature"),
                AREA,
                Column("响应级别", "level"),
                Column("启动日期", "started_on"),
                Column("恢复日期", "ended_on"),
            ),
            facts=_DECLARED,
        ),
    ),
)  # fmt: skip
