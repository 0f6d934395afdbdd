"""The desk on which targets of figures are kept."""

from suzhou_portal.accounts.roles import KEEP, VIEW, Role
from suzhou_portal.figures.models import FigureTarget
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, kinds
from suzhou_portal.records.parties import Party

_PERIOD = Column("时期", "period_label", "period")
_WANTED = Column("目标", "wanted", "value")

kinds.add(Kind(
    model=FigureTarget, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: VIEW, Role.STREET: VIEW, Role.DISTRICT: KEEP},
    name="figure-targets", title="指标目标",
    lead="一个地区、一个时期，一项指标应当达到多少。总览、指标页和报告把数值与目标并列；没有目标的指标什么也不说。",
    fields=("area", "figure", "period", "direction", "value", "set_by", "number", "note"),
    carried=("area", "period", "set_by", "number"),
    columns=("figure", _PERIOD, "area", _WANTED, "set_by", "number"),
    facts=("figure", _PERIOD, Column("地区", "area"), _WANTED, "set_by", "number", "note"),
    search=("set_by", "number", "note", "area__name"), filters=("direction",),
    ledger=Imported(
        name="figure-targets", bulk=True,
        fields=("area", "figure", "period", "direction", "value", "set_by", "number", "note"),
        key=("area", "figure", "period"),
    ),
    admin=InAdmin(columns=("figure", _PERIOD, _WANTED, "set_by", "number")),
))  # fmt: skip
