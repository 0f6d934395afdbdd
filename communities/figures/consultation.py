"""Figures of M7 应急响应、矛盾化解、议事协调 and of the written rules they stand on.

Of mediation cases no more than place and days is public: what a dispute was about would tell
neighbours whose it was.
"""

from communities.models import (
    DeliberationMeeting,
    EmergencyPlan,
    Mechanism,
    MediationCase,
    RuleVersion,
)
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_CASE = ("area", "accepted_on", Column("协议日期", "agreed_on"))
_MEETING = ("area", "topic", "kind", "held_on", "resolved_on", "done_on")


figures.add(Figure(
    key="mechanisms_with_rules", label="有制度的治理机制", unit="项",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=DistinctOf("mechanism"),
    of_places=True,
    records_as_of=lambda day: (
        RuleVersion.objects.not_yet(day, "repealed_on").until(day, "in_force_from")
        .filter(mechanism__in=Mechanism.objects.open_on(day, "established_on", "ended_on"))
    ),
    columns=("area", "mechanism.kind", Column("制度", "title"), "number", "in_force_from"),
    definition="截至日仍在运行、并有一版制度正在施行的治理机制数。",
))  # fmt: skip

figures.add(Figure(
    key="emergency_plans", label="生效的应急预案", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    of_places=True,
    records_as_of=lambda day: EmergencyPlan.objects.in_effect(day),
    columns=("area", "kind", "level", "number", "effective_on"),
    definition="截至日已经审核生效、没有废止的社区应急预案数。同一预案只有一版生效。",
))  # fmt: skip

figures.add(Figure(
    key="mediation_cases", label="人民调解受理案件", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: MediationCase.objects.until(day, "accepted_on"),
    columns=_CASE,
    definition="截至日人民调解委员会受理的案件数，不含不予受理的。只公开件数和日期，不公开当事人和案情。",
))  # fmt: skip

figures.add(Figure(
    key="mediation_agreements", label="人民调解达成协议案件", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: MediationCase.objects.until(day, "agreed_on"),
    columns=_CASE,
    definition="受理的案件中，截至日已达成口头或书面调解协议的件数；协议作废重新调解的不计。",
))  # fmt: skip

figures.add(Figure(
    key="mediation_success", label="人民调解成功率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("mediation_agreements", "mediation_cases"), nothing=State.UNKNOWN,
    definition="人民调解达成协议案件 ÷ 人民调解受理案件。正在调解的案件也在分母中。",
))  # fmt: skip

figures.add(Figure(
    key="deliberation_meetings", label="议事协商会议", unit="次",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DeliberationMeeting.objects.until(day, "held_on"),
    columns=_MEETING,
    definition="截至日已经召开的居民会议、居民代表会议、居民小组会议和协商议事会次数。",
))  # fmt: skip

figures.add(Figure(
    key="resolutions", label="议事协商决议", unit="项",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DeliberationMeeting.objects.until(day, "resolved_on"),
    columns=_MEETING,
    definition="截至日由出席人过半数通过的决议数。",
))  # fmt: skip

figures.add(Figure(
    key="resolutions_carried_out", label="已落实决议", unit="项",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: DeliberationMeeting.objects.until(day, "done_on"),
    columns=_MEETING,
    definition="议事协商决议中，截至日各项任务都已完成、落实情况已公布的项数。",
))  # fmt: skip

figures.add(Figure(
    key="resolution_completion", label="决议落实率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("resolutions_carried_out", "resolutions"), nothing=State.UNKNOWN,
    definition="已落实决议 ÷ 议事协商决议。",
))  # fmt: skip
