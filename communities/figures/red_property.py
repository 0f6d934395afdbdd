"""Figures of M3 红色物业."""

from communities.enums.red_property import PropertyGrade
from communities.models import PropertyCompany, PropertyRating, ServedCompound
from suzhou_portal.figures.enums import FigureKind, State
from suzhou_portal.figures.measures import RatioOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.parties import Party

_COMPANY = ("area", "name", "started_on", "party_organization", "party_founded_on")
_RATING = ("area", "compound.name", "company", "period_start", "period_end", "grade")


def _latest(day):
    """The latest reviewed rating of each compound still served."""
    served = ServedCompound.objects.open_on(day)
    return PropertyRating.objects.latest_reviewed(day).filter(compound__in=served)


_WELL = (PropertyGrade.EXCELLENT, PropertyGrade.GOOD)

figures.add(Figure(
    key="property_companies", label="物业企业", unit="家",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    records_as_of=lambda day: PropertyCompany.objects.open_on(day),
    columns=_COMPANY,
    definition="截至日在本地服务的物业企业数，计入企业登记所在的地区。",
))  # fmt: skip

figures.add(Figure(
    key="red_property_companies", label="有党组织的物业企业", unit="家",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    records_as_of=lambda day: PropertyCompany.objects.open_on(day).until(day, "party_founded_on"),
    columns=_COMPANY,
    definition="物业企业中，截至日已经成立党组织的家数。",
))  # fmt: skip

figures.add(Figure(
    key="red_property_ratio", label="物业企业党组织覆盖率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    measure=RatioOf("red_property_companies", "property_companies"), nothing=State.UNKNOWN,
    definition="有党组织的物业企业 ÷ 物业企业。",
))  # fmt: skip

figures.add(Figure(
    key="rated_compounds", label="已考核小区", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    records_as_of=_latest,
    columns=_RATING,
    definition="截至日至少有一期物业考核经街道审核通过的小区数，每个小区取最近一期。",
))  # fmt: skip

figures.add(Figure(
    key="well_rated_compounds", label="物业考核优良小区", unit="个",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    records_as_of=lambda day: _latest(day).filter(grade__in=_WELL),
    columns=_RATING,
    definition="已考核小区中，最近一期等次为优秀（90分以上）或良好（80分以上）的个数。",
))  # fmt: skip

figures.add(Figure(
    key="well_rated_ratio", label="物业考核优良率", unit="%",
    party=Party.COMMUNITIES, kind=FigureKind.STOCK,
    measure=RatioOf("well_rated_compounds", "rated_compounds"), nothing=State.UNKNOWN,
    definition="物业考核优良小区 ÷ 已考核小区。",
))  # fmt: skip
