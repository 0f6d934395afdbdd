"""The figures of charity."""

from charity.models import CharityProject, CharityResource, Partnership
from suzhou_portal.figures.enums import FigureKind
from suzhou_portal.figures.measures import DistinctOf, SumOf
from suzhou_portal.figures.registry import Figure, figures
from suzhou_portal.records.columns import Column
from suzhou_portal.records.parties import Party

_PROJECT = ("area", "name", "mode", "field", "amount", "started_on")


def _projects(day):
    return CharityProject.objects.begun(day)


figures.add(Figure(
    key="charity_modes", label="“慈善+”实践模式", unit="种",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=DistinctOf("mode"), reported=True,
    records_as_of=_projects,
    columns=_PROJECT,
    definition="截至日慈善项目用到的模式种数（慈善+党建、慈善+金融、慈善+教育、慈善+救助等）。",
))  # fmt: skip

figures.add(Figure(
    key="charity_value", label="链接慈善资源价值", unit="元",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=SumOf("value"), reported=True,
    joins=("donor",),
    records_as_of=lambda day: CharityResource.objects.filter(received_on__lte=day),
    columns=(
        "area",
        "name",
        "kind",
        "value",
        "valued_by",
        Column("公开的捐赠方", "shown_donor"),
        "received_on",
    ),
    definition="截至日到位的资金、物资和服务的价值之和。",
))  # fmt: skip

figures.add(Figure(
    key="charity_projects", label="慈善社区服务项目", unit="个",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, reported=True,
    records_as_of=_projects,
    columns=_PROJECT,
    definition="截至日已开展的慈善社区服务项目数，与政府购买的社工服务项目分别统计。",
))  # fmt: skip

figures.add(Figure(
    key="foundations", label="长期合作的基金会", unit="家",
    party=Party.CHARITY, kind=FigureKind.STOCK, measure=DistinctOf("foundation"), reported=True,
    records_as_of=lambda day: Partnership.objects.filter(long_term=True).open_on(day),
    columns=("area", "foundation", "summary", "started_on"),
    definition="截至日与本地区有长期合作关系的基金会数，同一基金会只计一次。",
))  # fmt: skip

figures.add(Figure(
    key="charity_fields", label="慈善项目领域", unit="个",
    party=Party.CHARITY, kind=FigureKind.CUMULATIVE, measure=DistinctOf("field"), reported=True,
    records_as_of=_projects,
    columns=_PROJECT,
    definition="截至日至少有一个慈善项目的领域数（社会救助、养老服务、儿童关爱保护、社区治理等）。",
))  # fmt: skip
