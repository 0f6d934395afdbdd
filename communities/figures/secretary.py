"""Figures of M5 书记破题."""

from communities.models import SecretaryProject
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party

_FILED = ("area", "title", "year", "filed_on", "accepted_on")

figures.add(Figure(
    key="secretary_projects", label="书记破题项目", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: SecretaryProject.objects.until(day, "filed_on"),
    columns=_FILED,
    definition="截至日已立项的书记破题项目数，评审退回而未重新立项的不计。",
))  # fmt: skip

figures.add(Figure(
    key="accepted_secretary_projects", label="破题完成的项目", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    records_as_of=lambda day: SecretaryProject.objects.until(day, "accepted_on"),
    columns=_FILED,
    definition="书记破题项目中，截至日验收通过的个数。",
))  # fmt: skip

figures.add(Figure(
    key="secretary_project_completion", label="书记破题完成率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.CUMULATIVE,
    measure=RatioOf("accepted_secretary_projects", "secretary_projects"), nothing=State.UNKNOWN,
    definition="破题完成的项目 ÷ 书记破题项目。",
))  # fmt: skip
