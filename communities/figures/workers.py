"""The figures of social workers."""

import datetime

from communities.enums.base import AllowanceKind
from communities.models import (
    AllowanceStandard,
    Enrolment,
    ExamRegistration,
    PayMonth,
    Post,
)
from suzhou_portal.areas.codes import Level
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import CurrentOf, DistinctOf, MeanOf, RatioOf
from suzhou_portal.figures.registry import Figure, Within, figures
from suzhou_portal.months import months_before
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

TWO_YEARS, ONE_YEAR = 24, 12  # months back from the date
ONE_DAY = datetime.timedelta(days=1)

_ENROLMENT = (
    "area",
    "unit",
    "rank",
    Column("姓名", "person.masked_name"),
    "course",
    "course.starts_on",
)
_POST = ("area", Column("姓名", "person.masked_name"), "title", "batch", "started_on")


_PAY = (
    "{}，专职岗位每人每月应发工资（岗位工资+绩效工资）的平均数。"
    "按人月平均，关账后的补发和扣回另行登记为薪酬更正，不改变原月份，也不计入平均数；"
    "个人工资不公开：每个月不足5人的地区，连同可据以反推的相邻地区，该月的平均数不公布；"
    "凡含有这样月份的时期和截至日，平均数都不公布，任何两个公布的数相减都不会剩下不足5人。"
)


def _paid(day):
    return _paid_within(months_before(day, ONE_YEAR) + ONE_DAY, day)


def _paid_within(first, last):
    return PayMonth.objects.filter(post__full_time=True, month__range=(first, last))


figures.add(Figure(
    key="trained_streets", label="岗位培训覆盖街道", unit="个",
    party=Party.WORKERS, kind=FigureKind.CUMULATIVE, measure=DistinctOf("area"), reported=True,
    records_as_of=lambda day: Enrolment.objects.section_cadres_in_post_training(day).at_level(
        Level.STREET
    ),
    columns=_ENROLMENT,
    definition="截至日，本单位科级干部参加过岗位培训、登记到课的街道数，同一街道只计一次。"
    "这是培训覆盖数，不是街道总数。",
))  # fmt: skip

figures.add(Figure(
    key="trained_communities", label="岗位培训覆盖社区", unit="个",
    party=Party.WORKERS, kind=FigureKind.CUMULATIVE, measure=DistinctOf("area"), reported=True,
    records_as_of=lambda day: Enrolment.objects.section_cadres_in_post_training(day).at_level(
        Level.COMMUNITY
    ),
    columns=_ENROLMENT,
    definition="截至日，本单位科级干部参加过岗位培训、登记到课的社区数，同一社区只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="trained_cadres", label="岗位培训科级干部", unit="人",
    party=Party.WORKERS, kind=FigureKind.CUMULATIVE, measure=DistinctOf("person"), reported=True,
    records_as_of=lambda day: Enrolment.objects.section_cadres_in_post_training(day),
    columns=_ENROLMENT,
    definition="截至日参加过岗位培训、登记到课、当时职级为科级的干部人数；报了名缺课的、没有登记出勤的不计。"
    "同一人参加多期只计一人，不是人次。",
))  # fmt: skip

figures.add(Figure(
    key="recruited_workers", label="连续两年补充专职社区工作者", unit="人",
    party=Party.WORKERS, kind=FigureKind.FLOW, measure=DistinctOf("person"), reported=True,
    records_as_of=lambda day: Post.objects.recruited(months_before(day, TWO_YEARS), day),
    within=Within(
        label="补充专职社区工作者",
        definition="本期内经招录批次到专职岗位的社区工作者人数，同一人只计一次。是补充的流量，不是在岗总数。",
        records=lambda first, last: Post.objects.recruited(first - ONE_DAY, last),
    ),
    columns=_POST,
    definition="截至日前24个月内，经招录批次到专职岗位的社区工作者人数。是补充的流量，不是在岗总数。",
))  # fmt: skip

figures.add(Figure(
    key="exam_takers", label="参加社工资格考试", unit="人",
    party=Party.WORKERS, kind=FigureKind.FLOW, measure=DistinctOf("person"), reported=True,
    records_as_of=lambda day: ExamRegistration.objects.taken(
        months_before(day, TWO_YEARS) + ONE_DAY, day
    ),
    within=Within(
        label="参加社工资格考试",
        definition="考试日期在本期内、统一组织参加社会工作者职业资格考试的人数。"
        "计报考人数，登记缺考的除外，不计通过人数；同一人考两次只计一人。",
        records=lambda first, last: ExamRegistration.objects.taken(first, last),
    ),
    columns=("area", Column("姓名", "person.masked_name"), "year", "level", "exam_on"),
    definition="截至日前24个月内统一组织参加社会工作者职业资格考试的人数。"
    "计报考人数，登记缺考的除外，不计通过人数；同一人考两次只计一人。",
))  # fmt: skip

figures.add(Figure(
    key="workers_in_post", label="在岗专职社区工作者", unit="人",
    party=Party.WORKERS, kind=FigureKind.STOCK, measure=DistinctOf("person"),
    records_as_of=lambda day: Post.objects.in_post(day),
    columns=_POST,
    definition="截至日在任专职岗位的人数。",
))  # fmt: skip

figures.add(Figure(
    key="certified_workers", label="在岗持证专职社区工作者", unit="人",
    party=Party.WORKERS, kind=FigureKind.STOCK, measure=DistinctOf("person"),
    records_as_of=lambda day: Post.objects.in_post(day).certified(day),
    columns=_POST,
    definition="截至日在任专职岗位、且持有有效社会工作者职业资格证书的人数。",
))  # fmt: skip

figures.add(Figure(
    key="certified_ratio", label="专职社区工作者持证率", unit="%",
    party=Party.WORKERS, kind=FigureKind.STOCK, measure=RatioOf("certified_workers", "workers_in_post"),
    nothing=State.UNKNOWN, reported=True,
    definition="在岗持证专职社区工作者 ÷ 在岗专职社区工作者。",
    note="本门户没有全市数据，只列比率，不推算在全市的位次。",
))  # fmt: skip

figures.add(Figure(
    key="average_monthly_pay", label="专职社区工作者月平均工资", unit="元",
    party=Party.WORKERS, kind=FigureKind.FLOW,
    measure=MeanOf("gross", people="post__person", when="month"), nothing=State.UNKNOWN,
    reported=True,
    records_as_of=_paid,
    within=Within(
        label="专职社区工作者月平均工资",
        definition=_PAY.format("本期各月"),
        records=_paid_within,
    ),
    columns=("area", Column("月份", "month_name")),
    definition=_PAY.format("截至日前12个月内"),
))  # fmt: skip

figures.add(Figure(
    key="grid_secretary_allowance", label="网格支部书记工作补助标准", unit="元/人/月",
    party=Party.WORKERS, kind=FigureKind.STOCK, measure=CurrentOf("amount", since="effective_from"),
    nothing=State.UNKNOWN, reported=True,
    records_as_of=lambda day: AllowanceStandard.objects.filter(
        kind=AllowanceKind.GRID_SECRETARY, effective_from__lte=day
    ),
    columns=("area", "amount", "effective_from", "basis"),
    definition="截至日执行的补助标准；本地区没有自己的标准时，执行上级地区的标准。",
))  # fmt: skip
