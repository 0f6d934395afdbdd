"""M20 我当一天网格员, 我在社区上一天班."""

from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import CadreDay, CadreFinding

AREA = Column("地区", "area")
UNIT, KIND = Column("单位", "unit"), Column("活动", "kind")

desks.add(
    Desk(
        name="cadre-days",
        party=Party.VOLUNTEERS,
        model=CadreDay,
        title="我当一天网格员、我在社区上一天班",
        lead="干部报名、社区安排、当天登记情况；发现的问题随即成为网格事件。",
        fields=("area", "kind", "unit", "name", "phone", "planned_on"),
        remembered=("area", "kind", "unit"),
        columns=(
            UNIT,
            KIND,
            AREA,
            Column("干部", "name"),
            Column("约定日期", "planned_on"),
            Column("完成日期", "done_on"),
        ),
        facts=(
            KIND,
            AREA,
            Column("干部姓名", "name"),
            Column("联系电话", "phone"),
            Column("约定日期", "planned_on"),
            Column("带教人", "host"),
            Column("当天情况", "diary"),
            Column("完成日期", "done_on"),
        ),
        search=("unit", "diary"),
        filters=("kind",),
        files=True,
        public=Public(
            title="我当一天网格员、我在社区上一天班",
            lead="机关干部到网格、到社区体验一天：哪个单位、去了哪里、做了什么。",
            records=lambda day: CadreDay.objects.until(day, "done_on"),
            columns=(UNIT, KIND, AREA, Column("完成日期", "done_on")),
            facts=(KIND, AREA, Column("完成日期", "done_on"), Column("当天情况", "diary")),
        ),
    ),
    Desk(
        name="cadre-findings",
        party=Party.VOLUNTEERS,
        model=CadreFinding,
        title="发现的问题",
        lead="干部当天发现的问题，登记后就是网格事件，由社区按网格事件办理。",
        parent="day",
        fields=("day", "kind", "title", "place", "description"),
        remembered=("day", "kind"),
        columns=(
            Column("问题", "title"),
            Column("类别", "kind"),
            Column("地点", "place"),
            Column("发现日期", "found_on"),
            Column("办理状态", "event.state"),
        ),
        facts=(
            Column("干部一日体验", "day.__str__"),
            Column("类别", "kind"),
            Column("地点", "place"),
            Column("情况", "description"),
            Column("发现日期", "found_on"),
            Column("办理状态", "event.state"),
            Column("办结期限", "event.due_on"),
            Column("处置结果", "event.result"),
        ),
        select_related=("area", "day", "event"),
        search=("title", "place"),
    ),
)
