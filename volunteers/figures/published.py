"""The published figures of volunteer service."""

from communities.enums.base import DocumentKind
from communities.models import PolicyDocument
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.measures import DistinctOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party
from volunteers.models import PairingLink, VolunteerTeam

figures.add(Figure(
    key="guiding_documents", label="志愿服务体系指导性文件", unit="个",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: PolicyDocument.objects.in_effect(day).filter(
        kind=DocumentKind.VOLUNTEER_GUIDANCE
    ),
    columns=("area", "title", "issued_on"),
    definition="截至日有效的志愿服务体系指导性文件数。印发日期不详的按已印发计。",
))  # fmt: skip

figures.add(Figure(
    key="volunteer_teams", label="志愿服务队伍", unit="支",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, reported=True,
    records_as_of=lambda day: VolunteerTeam.objects.active(day),
    columns=("area", "name", "kind", "founded_on"),
    definition="截至日在册的志愿服务队伍数。计队伍，不计人。",
))  # fmt: skip

figures.add(Figure(
    key="pairing_tiers", label="包联层级", unit="级",
    party=Party.VOLUNTEERS, kind=FigureKind.STOCK, measure=DistinctOf("tier"), reported=True,
    records_as_of=lambda day: PairingLink.objects.open_on(day),
    columns=("area", "tier", "party_body", "started_on"),
    definition="截至日已有包联关系的层级数：机关单位党组织包联社区、内设机构党支部包联网格、"
    "党员就近就地下沉社区。",
))  # fmt: skip
