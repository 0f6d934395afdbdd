"""Figures of M12 岗位+绩效. None of them shows what anybody earns, or how anybody was graded."""

import datetime

from communities.models import PayPeriod, PerformanceReview
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import DistinctOf, RatioOf
from suzhou_portal.figures.registry import Figure, Within, figures
from suzhou_portal.months import months_before
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

HALF_A_YEAR = 6  # months: a quarter, and time to judge and confirm it


def _reviewed(after, until):
    """Reviews confirmed after that day up to the other, of posts held on the latter."""
    confirmed = PerformanceReview.objects.filter(confirmed_on__gt=after, confirmed_on__lte=until)
    return confirmed.open_on(until, "post__started_on", "post__ended_on")


figures.add(Figure(
    key="reviewed_workers", label="近半年完成绩效考核的专职社区工作者", unit="人",
    party=Party.WORKERS, kind=FigureKind.FLOW, measure=DistinctOf("post"),
    records_as_of=lambda day: _reviewed(months_before(day, HALF_A_YEAR), day),
    within=Within(
        label="完成绩效考核的专职社区工作者",
        definition="季度绩效考核在本期内经他人确认、期末仍在岗的专职社区工作者人数。"
        "多个季度只计一次（同一时间一人只有一个专职岗位）；等次属个人信息，不公开。",
        records=lambda first, last: _reviewed(first - datetime.timedelta(days=1), last),
    ),
    columns=("area", Column("考核季度", "period_name"), "confirmed_on"),
    definition="截至日前6个月内，季度绩效考核经他人确认、截至日仍在岗的专职社区工作者人数。"
    "多个季度只计一次（同一时间一人只有一个专职岗位）；等次属个人信息，不公开。",
))  # fmt: skip

figures.add(Figure(
    key="review_coverage", label="绩效考核覆盖率", unit="%",
    party=Party.WORKERS, kind=FigureKind.FLOW, measure=RatioOf("reviewed_workers", "workers_in_post"),
    nothing=State.UNKNOWN,
    definition="近半年完成绩效考核的专职社区工作者 ÷ 在岗专职社区工作者。",
    within=Within(
        label="绩效考核覆盖率",
        definition="本期内完成绩效考核的专职社区工作者 ÷ 期末在岗专职社区工作者。",
    ),
))  # fmt: skip

figures.add(Figure(
    key="closed_pay_periods", label="已关账的薪酬月份", unit="个",
    party=Party.WORKERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: PayPeriod.objects.filter(closed_on__lte=day),
    columns=("area", Column("月份", "month_name"), "closed_on"),
    definition="截至日已经关账的薪酬月份数。关账后只能以薪酬更正补发或扣回，原记录不变。",
))  # fmt: skip
