"""M10 培训基地 and 培训计划."""

from communities.models import PlannedSession, TrainingBase, TrainingPlan
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")

desks.add(
    Desk(
        name="training-plans",
        party=Party.WORKERS,
        model=TrainingPlan,
        title="培训计划",
        lead="一年一份，从草案、审批到执行、完成；每一场由哪期培训落实，都登记在场次里。",
        fields=("area", "year", "aim"),
        columns=(
            Column("年度", "year"),
            AREA,
            Column("批准日期", "approved_on"),
            Column("完成日期", "finished_on"),
        ),
        facts=(
            Column("年度", "year"),
            AREA,
            Column("目标和要求", "aim"),
            Column("批准日期", "approved_on"),
            Column("完成日期", "finished_on"),
        ),
        files=True,
        public=Public(
            title="干部培训计划",
            lead="经批准的年度培训计划。",
            records=lambda day: TrainingPlan.objects.until(day, "approved_on"),
            columns=(
                Column("年度", "year"),
                AREA,
                Column("批准日期", "approved_on"),
                Column("目标和要求", "aim"),
            ),
        ),
    ),
    Desk(
        name="planned-sessions",
        party=Party.WORKERS,
        model=PlannedSession,
        title="计划场次",
        lead="计划办哪些培训，由哪期培训落实。",
        parent="plan",
        fields=(
            "kind",
            "name",
            "quarter",
            "target_people",
            "planned_hours",
            "course",
            "dropped_because",
        ),
        remembered=("kind", "quarter", "target_people", "planned_hours"),
        columns=(
            Column("培训内容", "name"),
            Column("类别", "kind"),
            Column("计划季度", "quarter"),
            Column("计划人数（人）", "target_people"),
            Column("计划学时", "planned_hours"),
            Column("实施的培训", "course"),
            Column("未实施的原因", "dropped_because"),
        ),
        select_related=("area", "plan__area", "course"),
    ),
    Desk(
        name="training-bases",
        party=Party.WORKERS,
        model=TrainingBase,
        title="培训基地",
        lead="社区干部在哪里学、能容纳多少人、面向哪些社区。",
        fields=(
            "area",
            "name",
            "address",
            "capacity",
            "specialty",
            "phone",
            "areas_served",
            "opened_on",
            "closed_on",
        ),
        columns=(
            Column("名称", "name"),
            AREA,
            Column("地址", "address"),
            Column("容纳人数（人）", "capacity"),
            Column("启用日期", "opened_on"),
        ),
        facts=(
            AREA,
            Column("地址", "address"),
            Column("容纳人数（人）", "capacity"),
            Column("教学特色", "specialty"),
            Column("预约电话", "phone"),
            Column("服务地区", "served"),
            Column("启用日期", "opened_on"),
            Column("停用日期", "closed_on"),
        ),
        search=("name", "address"),
        files=True,
        public=Public(
            title="社区干部培训基地",
            lead="培训社区干部和社区工作者的地方。",
            records=lambda day: TrainingBase.objects.in_use(day),
            columns=(
                Column("名称", "name"),
                AREA,
                Column("地址", "address"),
                Column("容纳人数（人）", "capacity"),
                Column("教学特色", "specialty"),
            ),
        ),
    ),
)
