"""Figures of M20 cadres' days, M21 pairing, M23 trainings and drills of teams."""

from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.measures import DistinctOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party
from volunteers.enums.base import PairingTier
from volunteers.enums.trainings import TrainingKind
from volunteers.models import (
    CadreDay,
    CadreFinding,
    PairingLink,
    TeamTraining,
    TrainingAttendance,
)

_PAIRED = ("area", "party_body", "started_on")
_HELD = ("area", "title", "held_on")

figures.add(Figure(
    key="cadre_days", label="干部一日体验", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CadreDay.objects.until(day, "done_on"),
    columns=("area", "kind", "unit", Column("日期", "done_on")),
    definition="截至日完成的“我当一天网格员”“我在社区上一天班”人次，未成行的不计。",
))  # fmt: skip

figures.add(Figure(
    key="cadre_findings", label="干部体验发现问题", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: CadreFinding.objects.until(day, "found_on"),
    columns=("area", "title", "found_on", Column("办理状态", "event.state")),
    definition="截至日干部一日体验中发现的问题件数，每件都已成为网格事件。",
))  # fmt: skip

figures.add(Figure(
    key="paired_communities", label="有机关单位包联的社区", unit="个",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, measure=DistinctOf("area"),
    records_as_of=lambda day: PairingLink.objects.open_on(day).filter(
        tier=PairingTier.UNIT_COMMUNITY
    ),
    columns=_PAIRED,
    definition="截至日至少有一个机关单位党组织包联的社区数，同一社区只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="paired_grids", label="有党支部包联的网格", unit="个",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, measure=DistinctOf("area"),
    records_as_of=lambda day: PairingLink.objects.open_on(day).filter(
        tier=PairingTier.BRANCH_GRID
    ),
    columns=_PAIRED,
    definition="截至日至少有一个内设机构党支部包联的网格数，同一网格只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="team_trainings", label="志愿队伍培训", unit="场",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: TeamTraining.objects.filter(held_on__lte=day, kind=TrainingKind.TRAINING),
    columns=_HELD,
    definition="截至日举办的志愿队伍培训场数，不含应急演练。",
))  # fmt: skip

figures.add(Figure(
    key="team_drills", label="志愿队伍应急演练", unit="场",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: TeamTraining.objects.filter(held_on__lte=day, kind=TrainingKind.DRILL),
    columns=_HELD,
    definition="截至日举办的志愿队伍应急演练场数；平急转换本身的演练另计。",
))  # fmt: skip

figures.add(Figure(
    key="trained_volunteers", label="志愿队伍培训到场", unit="人次",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE, measure=SumOf("people"),
    records_as_of=lambda day: TrainingAttendance.objects.filter(
        training__held_on__lte=day, training__kind=TrainingKind.TRAINING
    ),
    columns=("area", Column("培训", "training"), "team", Column("人数（人）", "people")),
    definition="截至日志愿队伍培训到场的人次，不含应急演练。",
))  # fmt: skip
