"""Figures of requests: 点单—派单—接单—评单, and what of it was found at doors (M22)."""

from django.db.models import F

from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.linkage.enums.requests import SERVED, WITH_PROVIDER, Channel, Score
from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.records.parties import Party

# No name, no address and no text: these rows are public.
_ROW = ("area", "kind", "channel", "asked_on", "done_on")
_RATED = (*_ROW, "rated_on")
requests = ServiceRequest.objects


def _content(day):
    return requests.until(day, "rated_on").filter(rating__gte=Score.FOUR, not_done=False)


def _found_at_doors(day):
    return requests.received(day).filter(channel=Channel.VISIT)


figures.add(Figure(
    key="requests_received", label="服务请求", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.received(day),
    columns=_ROW,
    definition="截至日居民从网上、电话、窗口提出，以及走访、网格和议事中发现的服务请求件数，"
    "不含不予受理和已取消的。",
))  # fmt: skip

figures.add(Figure(
    key="requests_served", label="已完成服务请求", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.served(day),
    columns=_ROW,
    definition="服务请求中，截至日承接方报告已完成的件数；居民不满意退回重办的不计，等待评价和回访的也计。",
))  # fmt: skip

figures.add(Figure(
    key="requests_served_ratio", label="服务请求完成率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("requests_served", "requests_received"), nothing=State.UNKNOWN,
    definition="已完成服务请求 ÷ 服务请求。",
))  # fmt: skip

figures.add(Figure(
    key="requests_on_time", label="按期完成服务请求", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.served(day).filter(done_on__lte=F("promised_on")),
    columns=(*_ROW, "promised_on"),
    definition="已完成服务请求中，完成日期不晚于接单时应完成日期的件数；没有接单期限的早期记录不计。",
))  # fmt: skip

figures.add(Figure(
    key="requests_on_time_ratio", label="服务请求按期率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("requests_on_time", "requests_served"), nothing=State.UNKNOWN,
    definition="按期完成服务请求 ÷ 已完成服务请求。",
))  # fmt: skip

figures.add(Figure(
    key="requests_rated", label="居民评价的服务请求", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.served(day).until(day, "rated_on"),
    columns=_RATED,
    definition="已完成服务请求中，截至日居民作出评价的件数，说“没有办”的也计；到期未评价的不计。",
))  # fmt: skip

figures.add(Figure(
    key="requests_response_ratio", label="服务请求评价率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("requests_rated", "requests_served"), nothing=State.UNKNOWN,
    definition="居民评价的服务请求 ÷ 已完成服务请求。",
))  # fmt: skip

figures.add(Figure(
    key="requests_content", label="居民满意的服务请求", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: _content(day).served(day),
    columns=_RATED,
    definition="居民评价的服务请求中，评价为“满意”或“很满意”的件数。未评价的不算满意。",
))  # fmt: skip

figures.add(Figure(
    key="requests_satisfaction", label="服务请求满意率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("requests_content", "requests_rated"), nothing=State.UNKNOWN,
    definition="居民满意的服务请求 ÷ 居民评价的服务请求。请与服务请求评价率一起看。",
))  # fmt: skip

figures.add(Figure(
    key="unmet_requests", label="列为未满足需求的请求", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.received(day).until(day, "unmet_on"),
    columns=(*_ROW, "unmet_on"),
    definition="服务请求中，截至日因一时无人能办、公开征集过承接方的件数，后来有人认领的也计。",
))  # fmt: skip

figures.add(Figure(
    key="matched_requests", label="未满足需求中已对接", unit="件",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: requests.received(day).until(day, "unmet_on").in_state(
        *WITH_PROVIDER, *SERVED
    ),
    columns=(*_ROW, "unmet_on"),
    definition="列为未满足需求的请求中，已经有组织、队伍认领或派到承接方的件数。",
))  # fmt: skip

figures.add(Figure(
    key="matched_requests_ratio", label="未满足需求对接率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("matched_requests", "unmet_requests"), nothing=State.UNKNOWN,
    definition="未满足需求中已对接 ÷ 列为未满足需求的请求。",
))  # fmt: skip

figures.add(Figure(
    key="resident_needs", label="发现居民需求", unit="件",
    party=Party.VOLUNTEERS, kind=FigureKind.CUMULATIVE,
    records_as_of=_found_at_doors,
    columns=_ROW,
    definition="服务请求中，截至日敲门走访发现的居民需求件数，不含不予受理和已取消的。",
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
