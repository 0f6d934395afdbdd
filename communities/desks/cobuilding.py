"""M1 契约化共建 and M3 红色物业."""

from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
    PropertyCompany,
    PropertyRating,
)
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属社区", "area")
_AGREEMENT = (
    Column("共建单位", "unit"),
    AREA,
    Column("签订日期", "signed_on"),
    Column("到期日期", "valid_to"),
)
_PROJECT = (
    Column("项目", "title"),
    Column("对应需求", "need"),
    Column("使用资源", "resource"),
    Column("开始日期", "started_on"),
    Column("完成日期", "finished_on"),
)
_COMPANY = (
    Column("物业服务企业", "name"),
    AREA,
    Column("服务小区", "compounds"),
    Column("建有党组织", "has_branch"),
    Column("交叉任职", "cross_posted"),
)

desks.add(
    Desk(
        name="agreements",
        party=Party.COMMUNITIES,
        model=CoBuildingAgreement,
        title="共建协议",
        lead="社区与单位签订的共建协议，下列需求、资源、项目三张清单。",
        fields=("area", "unit", "contact", "phone", "summary"),
        columns=_AGREEMENT,
        facts=(
            *_AGREEMENT,
            Column("生效日期", "valid_from"),
            Column("终止日期", "ended_on"),
            Column("单位联系人", "contact"),
            Column("联系电话", "phone"),
            Column("共建内容", "summary"),
        ),
        search=("unit", "summary"),
        files=True,
        public=Public(
            title="契约化共建",
            lead="与社区签订共建协议的单位，以及协议内容。",
            records=lambda day: CoBuildingAgreement.objects.in_force(day),
            columns=_AGREEMENT,
            facts=(*_AGREEMENT, Column("共建内容", "summary")),
        ),
    ),
    Desk(
        name="needs",
        party=Party.COMMUNITIES,
        model=CoBuildingNeed,
        title="需求清单",
        lead="社区需要什么。",
        parent="agreement",
        fields=("title", "description"),
        columns=(Column("需求", "title"), Column("说明", "description")),
        search=("title",),
    ),
    Desk(
        name="resources",
        party=Party.COMMUNITIES,
        model=CoBuildingResource,
        title="资源清单",
        lead="单位能提供什么。",
        parent="agreement",
        fields=("kind", "title", "quantity", "unit"),
        columns=(
            Column("资源", "title"),
            Column("类别", "kind"),
            Column("数量", "quantity"),
            Column("已安排数量", "promised"),
            Column("计量单位", "unit"),
        ),
        search=("title",),
    ),
    Desk(
        name="projects",
        party=Party.COMMUNITIES,
        model=CoBuildingProject,
        title="项目清单",
        lead="一个项目用一项资源满足一项需求。",
        parent="agreement",
        fields=("title", "need", "resource", "quantity"),
        columns=_PROJECT,
        facts=(*_PROJECT, Column("使用数量", "quantity"), Column("成效", "outcome")),
        select_related=("area", "agreement", "need", "resource"),
        search=("title",),
        public=Public(
            title="共建项目",
            lead="共建单位和社区一起办成的事。",
            records=lambda day: CoBuildingProject.objects.begun(day),
            columns=(Column("项目", "title"), AREA, *_PROJECT[1:]),
            facts=(Column("项目", "title"), AREA, *_PROJECT[1:], Column("成效", "outcome")),
        ),
    ),
    Desk(
        name="property",
        party=Party.COMMUNITIES,
        model=PropertyCompany,
        title="红色物业",
        lead="物业服务企业、党建联建和评价。",
        fields=(
            "area", "name", "compounds", "households", "contact", "phone", "started_on",
            "ended_on", "has_branch", "cross_posted", "linked_on",
        ),
        columns=_COMPANY,
        facts=(
            *_COMPANY,
            Column("党建联建日期", "linked_on"),
            Column("服务户数（户）", "households"),
            Column("项目负责人", "contact"),
            Column("联系电话", "phone"),
            Column("进驻日期", "started_on"),
            Column("退出日期", "ended_on"),
        ),
        search=("name", "compounds"),
        public=Public(
            title="红色物业",
            lead="各社区的物业服务企业、党建联建情况和最近一次经审核的评价。",
            records=lambda day: PropertyCompany.objects.serving(day).with_grade(day),
            columns=(*_COMPANY, Column("最近评价", "grade_name")),
        ),
    ),
    Desk(
        name="property-ratings",
        party=Party.COMMUNITIES,
        model=PropertyRating,
        title="物业评价",
        lead="社区评价，街道审核。",
        parent="company",
        fields=("period_start", "period_end", "score", "grade", "opinion"),
        remembered=("period_start", "period_end"),
        columns=(
            Column("评价期止", "period_end"),
            Column("得分", "score"),
            Column("等次", "grade"),
            Column("审核日期", "reviewed_on"),
        ),
        facts=(
            Column("物业服务企业", "company"),
            Column("评价期起", "period_start"),
            Column("评价期止", "period_end"),
            Column("得分", "score"),
            Column("等次", "grade"),
            Column("评价意见", "opinion"),
            Column("审核日期", "reviewed_on"),
        ),
        select_related=("area", "company"),
    ),
)  # fmt: skip
