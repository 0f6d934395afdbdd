"""The desks on which returns are entered, reviewed and corrected."""

from suzhou_portal.accounts.roles import ENTER, Role
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import InAdmin, Kind, PageLink, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.reporting.models import Correction, Return

ROLES = {Role.COMMUNITY: ENTER, **dict.fromkeys((Role.STREET, Role.DISTRICT), ENTER | {"review"})}

kinds.add(Kind(
    model=Return, party=Party.COMMUNITIES,
    roles=ROLES,
    name="returns", title="上报",
    lead="每个时期结束后，本单位核对由记录算出的指标并提交；上一级审核后发布，数值从此留存、不再改变。",
    fields=("area", "period", "explanation"),
    columns=(
        Column("时期", "period_label"), Column("填报单位", "area"), "submitted_on", "approved_on",
    ),
    facts=(
        Column("时期", "period_label"), Column("填报单位", "area"), Column("填报人", "entered_by"),
        "submitted_on", "approved_on", "explanation",
    ),
    todos=(
        Todo("to_review", "待审核的上报", "review", "submitted", from_above=True),
        Todo("to_amend", "被退回的上报", "change", "returned"),
    ),
    record_pages=(PageLink("核对数值", "return", "view"),),
    admin=InAdmin(
        columns=(Column("时期", "period_label", "period"), "area", "submitted_on", "approved_on"),
        search=("period", "area__name", "explanation"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Correction, party=Party.COMMUNITIES,
    roles=ROLES,
    name="corrections", title="上报更正",
    lead="已经发布的数值不改，更正和说明公布在旁边。",
    parent="report",
    fields=("snapshot", "value", "note"),
    columns=("snapshot", Column("更正为", "text"), "note", "approved_on"),
    todos=(Todo("to_review", "待审核的上报更正", "review", "proposed", from_above=True),),
    admin=InAdmin(
        columns=("__str__", "report", "approved_on"), search=("note", "report__area__name"),
    ),
))  # fmt: skip
