"""Figures of volunteers, their activities and hours."""

from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party
from volunteers.models import Activity, Service, Volunteer

_SERVICE = ("area", Column("活动", "activity"), "held_on", "minutes", Column("时长来源", "source"))

figures.add(Figure(
    key="registered_volunteers", label="注册志愿者", unit="人",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK,
    records_as_of=lambda day: Volunteer.objects.registered(day),
    columns=("area", Column("编号", "number"), "registered_on"),
    definition="截至日已注册、未注销的志愿者人数。计人，不计队伍登记人数；一人多队只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_activities", label="志愿活动", unit="场",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Activity.objects.filter(state="finished", held_on__lte=day),
    columns=("area", Column("活动", "title"), "team", "held_on"),
    definition="截至日已举行并办结的志愿活动场数，取消的不计。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_services", label="志愿服务", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Service.objects.certified(day),
    columns=_SERVICE,
    definition="截至日时长已认定的服务人次：一人参加一场活动计一人次。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_minutes", label="志愿服务时长", unit="分钟",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("minutes"),
    records_as_of=lambda day: Service.objects.certified(day),
    columns=_SERVICE,
    definition="截至日已认定的服务时长合计。签到签退的按实际时间，补录的经另一人确认后计入；有异议的不计。",
))  # fmt: skip

figures.add(Figure(
    key="services_by_hand", label="补录时长的服务", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Service.objects.certified(day).filter(by_hand=True),
    columns=_SERVICE,
    definition="志愿服务人次中，时长为补录的。",
))  # fmt: skip

figures.add(Figure(
    key="services_by_hand_ratio", label="时长补录比例", unit="%",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("services_by_hand", "volunteer_services"), nothing=State.UNKNOWN,
    definition="补录时长的服务 ÷ 志愿服务人次。比例高，说明签到没有用起来。",
))  # fmt: skip
