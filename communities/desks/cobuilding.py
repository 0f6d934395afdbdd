"""M1 契约化共建."""

from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
)
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("社区", "area")
UNIT = Column("共建单位", "unit")
ITS_UNIT = Column("共建单位", "agreement.unit")
_TERM = (Column("协议开始", "valid_from"), Column("协议到期", "valid_to"))
_PROJECT = (Column("对应需求", "need.title"), Column("使用资源", "resource.title"))
_DATES = (Column("开始日期", "started_on"), Column("结束日期", "ended_on"))
_OUTCOME = (Column("受益人次（人次）", "reached"), Column("成效", "result"))

desks.add(
    Desk(
        name="co-building",
        party=Party.COMMUNITIES,
        model=CoBuildingAgreement,
        title="契约化共建",
        lead="与驻区单位的共建协议，及协议下的需求、资源、项目三张清单。",
        fields=("area", "unit", "contact", "phone", "valid_from", "valid_to", "content"),
        remembered=("area", "valid_from", "valid_to"),
        columns=(UNIT, AREA, *_TERM, Column("签订日期", "signed_on")),
        facts=(
            UNIT,
            AREA,
            Column("单位联系人", "contact"),
            Column("联系电话", "phone"),
            *_TERM,
            Column("签订日期", "signed_on"),
            Column("终止日期", "terminated_on"),
            Column("共建内容", "content"),
        ),
        search=("unit", "content"),
        files=True,
        public=Public(
            title="共建协议",
            lead="社区与驻区单位签订、正在执行的共建协议。",
            records=lambda day: CoBuildingAgreement.objects.in_force(day),
            columns=(UNIT, AREA, Column("签订日期", "signed_on"), *_TERM),
            facts=(
                UNIT,
                AREA,
                Column("签订日期", "signed_on"),
                *_TERM,
                Column("共建内容", "content"),
            ),
        ),
    ),
    Desk(
        name="co-building-needs",
        party=Party.COMMUNITIES,
        model=CoBuildingNeed,
        title="需求清单",
        lead="社区请共建单位帮助解决的事。",
        fields=("agreement", "title", "kind", "description", "listed_on"),
        remembered=("kind",),
        columns=(
            Column("需求", "title"),
            Column("类别", "kind"),
            Column("提出日期", "listed_on"),
            Column("满足日期", "satisfied_on"),
        ),
        facts=(
            Column("需求", "title"),
            Column("类别", "kind"),
            ITS_UNIT,
            AREA,
            Column("具体要求", "description"),
            Column("提出日期", "listed_on"),
            Column("满足日期", "satisfied_on"),
        ),
        select_related=("area", "agreement"),
        search=("title", "description"),
        filters=("kind",),
        parent="agreement",
    ),
    Desk(
        name="co-building-resources",
        party=Party.COMMUNITIES,
        model=CoBuildingResource,
        title="资源清单",
        lead="共建单位能够提供的场地、人员、物资和服务。",
        fields=("agreement", "title", "kind", "quantity", "unit", "description", "listed_on"),
        remembered=("kind",),
        columns=(
            Column("资源", "title"),
            Column("类别", "kind"),
            Column("数量", "amount"),
            Column("提供日期", "listed_on"),
        ),
        facts=(
            Column("资源", "title"),
            Column("类别", "kind"),
            ITS_UNIT,
            AREA,
            Column("数量", "amount"),
            Column("尚可安排", "left_text"),
            Column("说明", "description"),
            Column("提供日期", "listed_on"),
            Column("停止日期", "closed_on"),
        ),
        select_related=("area", "agreement"),
        search=("title", "description"),
        filters=("kind",),
        parent="agreement",
        public=Public(
            title="共建单位资源",
            lead="共建单位按协议向社区提供的资源。",
            records=lambda day: CoBuildingResource.objects.offered(day),
            columns=(
                Column("资源", "title"),
                Column("类别", "kind"),
                Column("数量", "amount"),
                ITS_UNIT,
                AREA,
            ),
        ),
    ),
    Desk(
        name="co-building-projects",
        party=Party.COMMUNITIES,
        model=CoBuildingProject,
        title="项目清单",
        lead="每个项目用一项资源解决一项需求。",
        fields=("agreement", "name", "need", "resource", "quantity", "planned_on"),
        columns=(Column("项目", "name"), *_PROJECT, *_DATES),
        facts=(
            Column("项目", "name"),
            ITS_UNIT,
            AREA,
            *_PROJECT,
            Column("使用数量", "amount"),
            Column("拟定日期", "planned_on"),
            *_DATES,
            *_OUTCOME,
        ),
        select_related=("area", "agreement", "need", "resource"),
        search=("name", "result"),
        parent="agreement",
        files=True,
        public=Public(
            title="共建项目",
            lead="社区与共建单位正在实施和已经结束的项目。",
            records=lambda day: CoBuildingProject.objects.until(day, "started_on"),
            columns=(Column("项目", "name"), ITS_UNIT, AREA, *_PROJECT, *_DATES),
            facts=(Column("项目", "name"), ITS_UNIT, AREA, *_PROJECT, *_DATES, *_OUTCOME),
        ),
    ),
)
