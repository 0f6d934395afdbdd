"""Figures of M19, M22 急时: real events and drills, never together."""

from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.measures import SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party
from volunteers.models import CheckIn, Emergency

_DECLARED = ("area", "title", "is_drill", "level", "started_on", "ended_on")
_CHECKED_IN = ("area", "muster.emergency", "muster.place", "team", Column("人数（人）", "people"))

figures.add(Figure(
    key="emergency_responses", label="应急响应", unit="次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Emergency.objects.filter(started_on__lte=day, is_drill=False),
    columns=_DECLARED,
    definition="截至日由区级启动过的应急响应次数，不含演练，也不含待命后解除的。",
))  # fmt: skip

figures.add(Figure(
    key="emergency_drills", label="平急转换演练", unit="次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Emergency.objects.filter(started_on__lte=day, is_drill=True),
    columns=_DECLARED,
    definition="截至日启动过的平急转换演练次数，与真实的应急响应分开计。",
))  # fmt: skip

figures.add(Figure(
    key="mustered_people", label="应急集结到场", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("people"),
    records_as_of=lambda day: CheckIn.objects.by(day, drill=False),
    columns=_CHECKED_IN,
    definition="截至日在应急响应的集结中签到的人次，不含演练；同一人参加几次计几次。",
))  # fmt: skip

figures.add(Figure(
    key="drilled_people", label="演练集结到场", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("people"),
    records_as_of=lambda day: CheckIn.objects.by(day, drill=True),
    columns=_CHECKED_IN,
    definition="截至日在平急转换演练的集结中签到的人次，与真实的应急响应分开计。",
))  # fmt: skip
