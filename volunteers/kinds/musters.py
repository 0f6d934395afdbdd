"""M22 急时闻令而动: musters, check-ins, tasks."""

from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import InAdmin, Kind, Number, Todo, kinds
from suzhou_portal.records.parties import Party
from volunteers.models import CheckIn, Muster, MusterTask
from volunteers.models.musters import CALLED

kinds.add(Kind(
    model=Muster, party=Party.VOLUNTEERS,
    roles=offices(ENTER | {"contact"}) | dict.fromkeys(CALLED, VIEW | {"attend", "contact"}),
    name="musters", title="集结",
    lead="启动响应后各社区自动有一处待通知的集结：选好队伍、负责人，通知后队伍签到、领任务，事毕撤收。",
    parent="emergency",
    fields=("emergency", "area", "place", "leader", "phone", "teams"), carried=("area", "place", "teams"),
    columns=(
        "place", Column("地区", "area"), Column("性质", "emergency.nature"), "called_at",
        Column("到场人数（人）", "people", rows="check_ins"),
    ),
    facts=(
        Column("平急转换", "emergency.__str__"), Column("性质", "emergency.nature"),
        Column("地区", "area"), "leader", "phone",
        Column("通知的队伍", "teams_named", rows="teams"), "called_at",
        Column("到场人数（人）", "people", rows="check_ins"), "stood_down_on", "summary",
    ),
    search=("place",),
    files=True, while_open=True,
    todos=(
        Todo("ordered", "待通知的应急集结", "change", "ordered"),
        Todo("to_attend", "通知您参加的集结", "attend", lambda ones, _: ones.unanswered()),
        Todo("gathering", "集结中", "change", "gathering"),
        Todo("on_duty", "执行任务、未撤收的集结", "change", "on_duty"),
    ),
    admin=InAdmin(columns=("place", "emergency", "called_at", "stood_down_on"),),
))  # fmt: skip

kinds.add(Kind(
    model=CheckIn, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal", "contact"}) | {
        Role.TEAM: VIEW | {"add"}, Role.GRID_WORKER: VIEW | {"add"},
    },
    name="check-ins", title="签到",
    lead="到场的队伍和人；同一队伍、同一人在一处集结只签到一次。",
    parent="muster",
    fields=("muster", "team", "people", "name", "phone", "explanation"), carried=("muster",),
    columns=(
        Column("谁", "__str__"), Column("姓名", "name"), Column("人数（人）", "people"),
        "checked_in_at", "explanation",
    ),
    facts=("muster.place", "team", "name", "phone", "people", "explanation", "checked_in_at"),
    entry=True, while_open=True,
    admin=InAdmin(
        columns=("__str__", "muster", Number("people"), "checked_in_at", "masked_phone"),
        search=("team__name", "muster__place"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=MusterTask, party=Party.VOLUNTEERS,
    roles=offices(ENTER | {"perform"}) | {Role.TEAM: VIEW | {"perform"}},
    name="muster-tasks", title="应急任务",
    lead="交给集结队伍的任务，完成后写明情况。",
    parent="muster",
    fields=("muster", "title", "team"), carried=("team",),
    columns=("title", "team", "assigned_on", "done_on"),
    facts=("muster.place", "team", "assigned_on", "result", "done_on"),
    search=("title",),
    files=True, while_open=True,
    todos=(Todo("to_do", "待执行的应急任务", "perform", "assigned"),),
    admin=InAdmin(columns=("title", "muster", "team", "assigned_on", "done_on"),),
))  # fmt: skip
