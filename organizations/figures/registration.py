"""Figures of M14 公益类注册绿色通道 and M15 街道备案."""

from organizations.models import Filing, Registration
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_DECIDED = ("area", Column("名称", "name"), "received_on", "decided_on", "days_taken", "days_saved")
_FILING = ("area", "name", "number", "filed_on", "ended_on")

figures.add(Figure(
    key="registrations_decided", label="绿色通道办结", unit="件",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Registration.objects.approved(day),
    columns=_DECIDED,
    definition="截至日通过公益类登记绿色通道准予登记的件数。",
))  # fmt: skip

figures.add(Figure(
    key="registration_days_saved", label="绿色通道节省的工作日", unit="天",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE, measure=SumOf("days_saved"),
    records_as_of=lambda day: Registration.objects.approved(day),
    columns=_DECIDED,
    definition="绿色通道办结的各件，法定60日减去自受理次日至决定当日的工作日数，相加。",
))  # fmt: skip

figures.add(Figure(
    key="average_registration_days_saved", label="平均每件节省的工作日", unit="天",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("registration_days_saved", "registrations_decided"), nothing=State.UNKNOWN,
    definition="绿色通道节省的工作日 ÷ 绿色通道办结件数。",
))  # fmt: skip

figures.add(Figure(
    key="filings", label="街道备案在册的社区社会组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.STOCK,
    records_as_of=lambda day: Filing.objects.until(day, "filed_on").not_yet(day, "ended_on"),
    columns=_FILING,
    definition="截至日在街道备案、尚未注销或转为登记的社区社会组织数。",
))  # fmt: skip

figures.add(Figure(
    key="filings_registered", label="由备案转为登记的组织", unit="个",
    party=Party.ORGANIZATIONS, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: Filing.objects.in_state("registered").until(day, "ended_on"),
    columns=_FILING,
    definition="截至日累计由街道备案转为登记、取得法人资格的社区社会组织数。",
))  # fmt: skip
