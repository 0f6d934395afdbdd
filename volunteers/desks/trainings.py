"""M23 常态化培训、应急演练."""

from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import TeamTraining, TrainingAttendance

AREA = Column("地区", "area")
TITLE, KIND, HELD = Column("主题", "title"), Column("类别", "kind"), Column("举办日期", "held_on")

desks.add(
    Desk(
        name="team-trainings",
        party=Party.VOLUNTEERS,
        model=TeamTraining,
        title="队伍培训和应急演练",
        lead="先列计划，到场的队伍逐一登记，办完写明情况和问题。",
        fields=("area", "kind", "title", "place", "planned_on", "hours"),
        remembered=("area", "kind", "place", "hours"),
        columns=(TITLE, KIND, AREA, Column("计划日期", "planned_on"), HELD),
        facts=(
            KIND,
            AREA,
            Column("地点", "place"),
            Column("计划日期", "planned_on"),
            Column("时长（小时）", "hours"),
            HELD,
            Column("情况和问题", "summary"),
        ),
        search=("title", "place"),
        filters=("kind",),
        files=True,
        public=Public(
            title="志愿队伍培训和演练",
            lead="志愿队伍平时参加的培训和应急演练。",
            records=lambda day: TeamTraining.objects.filter(held_on__lte=day),
            columns=(TITLE, KIND, AREA, HELD),
            facts=(
                KIND,
                AREA,
                Column("地点", "place"),
                HELD,
                Column("时长（小时）", "hours"),
                Column("情况和问题", "summary"),
            ),
        ),
    ),
    Desk(
        name="training-attendances",
        party=Party.VOLUNTEERS,
        model=TrainingAttendance,
        title="到场队伍",
        lead="来了哪支队伍，来了多少人。",
        parent="training",
        while_open=True,
        fields=("training", "team", "people"),
        columns=(Column("队伍", "team"), Column("到场人数（人）", "people")),
        facts=(
            Column("培训演练", "training.__str__"),
            Column("队伍", "team"),
            Column("到场人数（人）", "people"),
        ),
        select_related=("area", "training", "team"),
    ),
)
