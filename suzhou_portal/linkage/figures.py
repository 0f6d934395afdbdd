"""Figures of requests: 点单—派单—接单—评单, and what of it was found at doors (M22).

Each counts what happened: on a day in the twelve months before it, in a period within that.
"""

import datetime
from collections.abc import Callable

from django.db.models import F, Q

from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf
from suzhou_portal.figures.registry import Figure, Within, figures
from suzhou_portal.linkage.enums.requests import (
    REQUEST,
    SERVED,
    WITH_PROVIDER,
    Channel,
    RequestState,
    Score,
)
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.months import months_before
from suzhou_portal.records.parties import Party

MONTHS = 12  # how far figures look back where no period is asked for
BACK = f"近{MONTHS}个月"
_ONE_DAY = datetime.timedelta(days=1)
# No name, no address and no text: these rows are public.
_ROW = ("area", "kind", "channel", "asked_on", "done_on")
requests = ServiceRequest.objects
Days = Callable[[str], Q]


def since(day: datetime.date) -> datetime.date:
    """The first of the days that figures of that day look back to."""
    return months_before(day, MONTHS) + _ONE_DAY


def _counted(
    key: str, label: str, meant: Callable[[Days], Q], definition: str, *more: str
) -> Figure:
    """A figure of the requests that `meant` names, given the condition that a column has a day in question;
    `more` are columns of its rows besides those of all.
    """

    def between(first: datetime.date, last: datetime.date):
        return requests.filter(meant(lambda column: Q(**{f"{column}__range": (first, last)})))

    return Figure(
        key=key, label=BACK + label, unit="件", party=Party.COMMUNITIES, kind=FigureKind.FLOW,
        records_as_of=lambda day: between(since(day), day), columns=(*_ROW, *more),
        definition=definition.format(f"截至日前{MONTHS}个月内"),
        within=Within(label=label, definition=definition.format("本期内"), records=between),
    )  # fmt: skip


def _ratio(key: str, label: str, above: str, below: str, definition: str) -> Figure:
    return Figure(
        key=key, label=BACK + label, unit="%", party=Party.COMMUNITIES, kind=FigureKind.FLOW,
        measure=RatioOf(above, below), nothing=State.UNKNOWN, definition=definition.format(BACK),
        within=Within(label=label, definition=definition.format("本期内")),
    )  # fmt: skip


_came = ~Q(state__in=REQUEST.bad)
_served = Q(state__in=SERVED)
# Those of before residents were asked came without a promised day.
_silent = Q(state=RequestState.CLOSED, rated_on__isnull=True, promised_on__isnull=False)
CONTENT = Q(rating__gte=Score.FOUR, not_done=False)
_taken_up = Q(state__in=[*WITH_PROVIDER, *SERVED])

figures.add(
    _counted(
        "requests_received", "服务请求", lambda on: on("asked_on") & _came,
        "{}居民从网上、电话、窗口提出，以及走访、网格和议事中发现的服务请求件数，不含不予受理和已取消的。",
    ),
    _counted(
        "requests_served", "已完成服务请求", lambda on: on("done_on") & _served,
        "{}承接方报告已完成的服务请求件数，按完成日期计；居民不满意退回重办的不计，等待评价和回访的也计。",
    ),
    _ratio(
        "requests_served_ratio", "服务请求完成率", "requests_served", "requests_received",
        "{}已完成服务请求 ÷ 提出的服务请求。以前提出、这段时间完成的也在分子中，所以可能超过100%。",
    ),
    _counted(
        "requests_promised", "有完成期限的已完成服务请求",
        lambda on: on("done_on") & _served & Q(promised_on__isnull=False),
        "{}已完成服务请求中，接单时定下应完成日期的件数；没有接单期限的早期记录不计。",
        "promised_on",
    ),
    _counted(
        "requests_on_time", "按期完成服务请求",
        lambda on: on("done_on") & _served & Q(done_on__lte=F("promised_on")),
        "{}已完成服务请求中，完成日期不晚于接单时应完成日期的件数。",
        "promised_on",
    ),
    _ratio(
        "requests_on_time_ratio", "服务请求按期率", "requests_on_time", "requests_promised",
        "{}按期完成服务请求 ÷ 有完成期限的已完成服务请求。",
    ),
    _counted(
        "requests_rated", "居民评价的服务请求", lambda on: on("rated_on") & _served,
        "{}居民对已完成的服务请求作出评价的件数，按评价日期计，说“没有办”的也计；到期未评价的不计。",
        "rated_on",
    ),
    _counted(
        "requests_answerable", "评价期已过的服务请求",
        lambda on: on("rated_on") & _served | on("closed_on") & _silent,
        "{}居民作出评价，或者到期没有评价而办结的服务请求件数；还在等待评价的、没有请居民评价的早期记录不计。",
        "rated_on", "closed_on",
    ),
    _ratio(
        "requests_response_ratio", "服务请求评价率", "requests_rated", "requests_answerable",
        "{}居民评价的服务请求 ÷ 评价期已过的服务请求。",
    ),
    _counted(
        "requests_content", "居民满意的服务请求", lambda on: on("rated_on") & _served & CONTENT,
        "{}居民评价的服务请求中，评价为“满意”或“很满意”的件数。未评价的不算满意。",
        "rated_on",
    ),
    _ratio(
        "requests_satisfaction", "服务请求满意率", "requests_content", "requests_rated",
        "{}居民满意的服务请求 ÷ 居民评价的服务请求。请与服务请求评价率一起看。",
    ),
    _counted(
        "unmet_requests", "列为未满足需求的请求", lambda on: on("unmet_on") & _came,
        "{}因一时无人能办、列入三张清单公开征集承接方的服务请求件数，后来有人认领的也计。",
        "unmet_on",
    ),
    _counted(
        "matched_requests", "未满足需求中已对接", lambda on: on("unmet_on") & _taken_up,
        "{}列为未满足需求的请求中，已经有组织、队伍认领或派到承接方的件数。",
        "unmet_on",
    ),
    _ratio(
        "matched_requests_ratio", "未满足需求对接率", "matched_requests", "unmet_requests",
        "{}未满足需求中已对接 ÷ 列为未满足需求的请求。",
    ),
)  # fmt: skip


def _found_at_doors(day):
    return requests.received(day).filter(channel=Channel.VISIT)


figures.add(Figure(
    key="resident_needs", label="发现居民需求", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=_found_at_doors,
    columns=_ROW,
    definition="截至日敲门走访发现、作为服务请求登记的居民需求件数，不含不予受理和已取消的。",
))  # fmt: skip

figures.add(Figure(
    key="handled_resident_needs", label="已办好居民需求", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.served(day).filter(channel=Channel.VISIT),
    columns=_ROW,
    definition="敲门走访发现的居民需求中，截至日已经办好的件数；居民不满意退回重办的不计。",
))  # fmt: skip

figures.add(Figure(
    key="resident_need_handling", label="居民需求办理率", unit="%",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("handled_resident_needs", "resident_needs"), nothing=State.UNKNOWN,
    definition="已办好居民需求 ÷ 发现居民需求。",
))  # fmt: skip
