"""Figures of M9 优化“两委”班子."""

from communities.models import CommitteeMember, CommitteeTerm
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.measures import SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_TERM = ("area", "kind", "number", "started_on", "ends_on", "seats")
_MEMBER = ("area", Column("姓名", "person"), "term.kind", "position", "started_on")

figures.add(Figure(
    key="committee_seats", label="“两委”职数", unit="个",
    party=Party.WORKERS, kind=FigureKind.STOCK, measure=SumOf("seats"),
    of_places=True,
    records_as_of=lambda day: CommitteeTerm.objects.in_force(day),
    columns=_TERM,
    definition="截至日在任期内的社区党委、居委会的职数之和。",
))  # fmt: skip

figures.add(Figure(
    key="committee_members", label="“两委”在任成员", unit="人次",
    party=Party.WORKERS, kind=FigureKind.STOCK,
    of_places=True,
    records_as_of=lambda day: CommitteeMember.objects.serving(day),
    columns=_MEMBER,
    definition="截至日在任期内的班子中任职的人次；同一人在党委和居委会交叉任职的计两次，与职数对应。",
))  # fmt: skip

figures.add(Figure(
    key="committee_vacancies", label="“两委”空缺", unit="个",
    party=Party.WORKERS, kind=FigureKind.STOCK, measure=SumOf("vacant"),
    of_places=True,
    records_as_of=lambda day: CommitteeTerm.objects.incomplete(day),
    columns=(*_TERM, Column("空缺（人）", "vacant_then")),
    definition="截至日在任期内的班子，职数减去在任成员之和；列出的是有空缺的班子。",
))  # fmt: skip

figures.add(Figure(
    key="secretary_directors", label="书记、主任“一肩挑”", unit="人",
    party=Party.WORKERS, kind=FigureKind.STOCK,
    of_places=True,
    records_as_of=lambda day: CommitteeMember.objects.heading_both(day),
    columns=_MEMBER,
    definition="截至日同时担任本社区党委书记和居委会主任的人数。",
))  # fmt: skip
