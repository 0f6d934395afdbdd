"""The figures of communities."""

from communities.models import Mechanism, ReachReport
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, SumOf
from suzhou_portal.figures.registry import Figure, Within, figures
from suzhou_portal.records.parties import Party

_REACH = ("area", "period_start", "period_end", "people", "visits", "method")


def _reached(day):
    return ReachReport.objects.latest_by(day)


figures.add(Figure(
    key="residents_benefited", label="惠及居民", unit="人",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=SumOf("people"), nothing=State.NOT_REPORTED,
    reported=True,
    of_places=True,
    records_as_of=_reached,
    columns=_REACH,
    definition="各社区截至日前最近一个统计期报告的惠及居民人数之和。人数由填报社区去重并注明方法；"
    "同一社区不同统计期不相加，人次不计入人数。",
))  # fmt: skip

figures.add(Figure(
    key="resident_visits", label="服务人次", unit="人次",
    party=Party.COMMUNITIES, kind=FigureKind.FLOW, measure=SumOf("visits"), nothing=State.NOT_REPORTED,
    of_places=True,
    records_as_of=_reached,
    within=Within(
        label="服务人次",
        definition="统计期完全在本期之内的报告中的服务人次之和。同一人多次接受服务计多次。",
        records=lambda first, last: ReachReport.objects.filter(
            period_start__gte=first, period_end__lte=last
        ),
    ),
    columns=_REACH,
    definition="与“惠及居民”同一批报告中的服务人次之和。同一人多次接受服务计多次。",
))  # fmt: skip

figures.add(Figure(
    key="community_mechanisms", label="社区治理机制", unit="类",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK, measure=DistinctOf("kind"), reported=True,
    of_places=True,
    records_as_of=lambda day: Mechanism.objects.open_on(day, "established_on", "ended_on"),
    columns=("area", "kind", "rule_title", "established_on"),
    definition="截至日已建立的机制种类数（应急响应、矛盾化解、议事协调）。"
    "按种类计，不按种类乘以社区计。",
))  # fmt: skip
