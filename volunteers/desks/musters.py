"""M22 急时闻令而动: musters, check-ins, tasks."""

from suzhou_portal.desks.registry import Desk, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import CheckIn, Muster, MusterTask

AREA = Column("地区", "area")

desks.add(
    Desk(
        name="musters",
        party=Party.VOLUNTEERS,
        model=Muster,
        title="集结",
        lead="急时通知队伍到指定地点集结，签到、领任务，事毕撤收。",
        parent="emergency",
        while_open=True,
        fields=("emergency", "area", "place", "teams"),
        remembered=("area", "place", "teams"),
        columns=(
            Column("集结地点", "place"),
            AREA,
            Column("性质", "emergency.nature"),
            Column("通知时间", "called_at"),
            Column("到场人数（人）", "people"),
        ),
        facts=(
            Column("平急转换", "emergency.__str__"),
            Column("性质", "emergency.nature"),
            AREA,
            Column("通知的队伍", "teams_named"),
            Column("通知时间", "called_at"),
            Column("到场人数（人）", "people"),
            Column("撤收日期", "stood_down_on"),
            Column("撤收情况", "summary"),
        ),
        select_related=("area", "emergency"),
        prefetch_related=("check_ins", "teams"),
        search=("place",),
        files=True,
    ),
    Desk(
        name="check-ins",
        party=Party.VOLUNTEERS,
        model=CheckIn,
        title="签到",
        lead="到场的队伍和人；同一队伍、同一人在一处集结只签到一次。",
        parent="muster",
        while_open=True,
        fields=("muster", "team", "people", "name", "phone"),
        remembered=("muster",),
        columns=(
            Column("谁", "__str__"),
            Column("姓名", "name"),
            Column("人数（人）", "people"),
            Column("签到时间", "checked_in_at"),
        ),
        facts=(
            Column("集结地点", "muster.place"),
            Column("队伍", "team"),
            Column("个人姓名", "name"),
            Column("个人电话", "phone"),
            Column("到场人数（人）", "people"),
            Column("签到时间", "checked_in_at"),
        ),
        select_related=("area", "muster", "team"),
        entry=True,
    ),
    Desk(
        name="muster-tasks",
        party=Party.VOLUNTEERS,
        model=MusterTask,
        title="应急任务",
        lead="交给集结队伍的任务，完成后写明情况。",
        parent="muster",
        while_open=True,
        fields=("muster", "title", "team"),
        remembered=("team",),
        columns=(
            Column("任务", "title"),
            Column("承担队伍", "team"),
            Column("交办日期", "assigned_on"),
            Column("完成日期", "done_on"),
        ),
        facts=(
            Column("集结地点", "muster.place"),
            Column("承担队伍", "team"),
            Column("交办日期", "assigned_on"),
            Column("完成情况", "result"),
            Column("完成日期", "done_on"),
        ),
        select_related=("area", "muster", "team"),
        search=("title",),
        files=True,
    ),
)
