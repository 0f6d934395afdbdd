"""Figures of M5 书记破题."""

from communities.figures.columns import AREA
from communities.models import SecretaryProject
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, RatioOf
from suzhou_portal.figures.registry import Column, Figure, figures

_FILED = (
    AREA,
    Column("题目", "title"),
    Column("年度", "year"),
    Column("立项日期", "filed_on"),
    Column("验收通过日期", "accepted_on"),
)

figures.add(
    Figure(
        key="secretary_projects",
        label="书记破题项目",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: SecretaryProject.objects.until(day, "filed_on"),
        columns=_FILED,
        supporting=True,
        definition="截至日已立项的书记破题项目数，评审退回而未重新立项的不计。",
    ),
    Figure(
        key="accepted_secretary_projects",
        label="破题完成的项目",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=CountOf(),
        records_as_of=lambda day: SecretaryProject.objects.until(day, "accepted_on"),
        columns=_FILED,
        supporting=True,
        definition="书记破题项目中，截至日验收通过的个数。",
    ),
    Figure(
        key="secretary_project_completion",
        label="书记破题完成率",
        unit="%",
        party=Party.COMMUNITIES,
        kind=Kind.CUMULATIVE,
        measure=RatioOf("accepted_secretary_projects", "secretary_projects"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="破题完成的项目 ÷ 书记破题项目。",
    ),
)
