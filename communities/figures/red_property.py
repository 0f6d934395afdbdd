"""Figures of M3 红色物业."""

from communities.enums.red_property import PropertyGrade
from communities.figures.columns import AREA
from communities.models import PropertyCompany, PropertyRating, ServedCompound
from suzhou_portal.figures.enums import Kind, Party, State
from suzhou_portal.figures.measures import CountOf, RatioOf
from suzhou_portal.figures.registry import Column, Figure, figures

_COMPANY = (
    AREA,
    Column("企业名称", "name"),
    Column("进驻日期", "started_on"),
    Column("党组织", "party_organization"),
    Column("党组织成立日期", "party_founded_on"),
)
_RATING = (
    AREA,
    Column("小区", "compound.name"),
    Column("物业企业", "compound.company"),
    Column("考核期起", "period_start"),
    Column("考核期止", "period_end"),
    Column("等次", "grade"),
)


def _latest(day):
    """The latest reviewed rating of each compound still served."""
    served = ServedCompound.objects.served(day)
    return PropertyRating.objects.latest_reviewed(day).filter(compound__in=served)


_WELL = (PropertyGrade.EXCELLENT, PropertyGrade.GOOD)

figures.add(
    Figure(
        key="property_companies",
        label="物业企业",
        unit="家",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: PropertyCompany.objects.active(day),
        columns=_COMPANY,
        supporting=True,
        definition="截至日在本地服务的物业企业数，计入企业登记所在的地区。",
    ),
    Figure(
        key="red_property_companies",
        label="有党组织的物业企业",
        unit="家",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: PropertyCompany.objects.with_party_organization(day),
        columns=_COMPANY,
        supporting=True,
        definition="物业企业中，截至日已经成立党组织的家数。",
    ),
    Figure(
        key="red_property_ratio",
        label="物业企业党组织覆盖率",
        unit="%",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=RatioOf("red_property_companies", "property_companies"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="有党组织的物业企业 ÷ 物业企业。",
    ),
    Figure(
        key="rated_compounds",
        label="已考核小区",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=_latest,
        columns=_RATING,
        select_related=("area", "compound__company"),
        supporting=True,
        definition="截至日至少有一期物业考核经街道审核通过的小区数，每个小区取最近一期。",
    ),
    Figure(
        key="well_rated_compounds",
        label="物业考核优良小区",
        unit="个",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=CountOf(),
        records_as_of=lambda day: _latest(day).filter(grade__in=_WELL),
        columns=_RATING,
        select_related=("area", "compound__company"),
        supporting=True,
        definition="已考核小区中，最近一期等次为优秀（90分以上）或良好（80分以上）的个数。",
    ),
    Figure(
        key="well_rated_ratio",
        label="物业考核优良率",
        unit="%",
        party=Party.COMMUNITIES,
        kind=Kind.STOCK,
        measure=RatioOf("well_rated_compounds", "rated_compounds"),
        nothing=State.UNKNOWN,
        supporting=True,
        definition="物业考核优良小区 ÷ 已考核小区。",
    ),
)
