"""M24 慈善+ and M25 基金会对接, with what the law wants disclosed."""

from charity.models import CharityProject, DisclosureDuty, Partnership
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
MODE, FIELD, BEGUN = (
    Column("模式", "mode"),
    Column("领域", "field"),
    Column("开始日期", "started_on"),
)
OVER, SUMMARY, RESULT = (
    Column("结束日期", "ended_on"),
    Column("内容", "summary"),
    Column("成效", "result"),
)

desks.add(
    Desk(
        name="charity-projects",
        party=Party.CHARITY,
        model=CharityProject,
        title="慈善项目",
        lead="慈善+党建、金融、教育、救助：拟定、实施、结项；下面是按慈善法应当公开的内容和期限。",
        fields=(
            "area", "name", "mode", "field", "amount", "partnership", "emergency", "planned_to",
            "summary",
        ),
        remembered=("area", "mode", "field"),
        columns=(Column("项目名称", "name"), AREA, MODE, FIELD, BEGUN),
        facts=(
            AREA, MODE, FIELD, Column("投入金额（元）", "amount"), Column("所属合作", "partnership"),
            BEGUN, Column("计划结束", "planned_to"), OVER, SUMMARY, RESULT,
        ),
        select_related=("area", "partnership__foundation"),
        search=("name", "summary"),
        filters=("mode", "field"),
        files=True,
    ),
    Desk(
        name="disclosures",
        party=Party.CHARITY,
        model=DisclosureDuty,
        title="慈善信息公开",
        lead="项目满六个月的至少每三个月公开一次，结束后三个月内全面公开；应急募捐至少每五日一次。",
        fields=("project", "kind", "due_on"),
        parent="project",
        columns=(
            Column("项目", "project"), Column("公开什么", "kind"), Column("期限", "due_on"),
            Column("公开日期", "disclosed_on"),
        ),
        facts=(
            Column("公开什么", "kind"), Column("期限", "due_on"), Column("公开日期", "disclosed_on"),
            Column("是否逾期", "late"), Column("公开内容", "report"),
        ),
        select_related=("area", "project"),
        search=("project__name",),
        files=True,
        public=Public(
            title="慈善信息公开",
            lead="慈善项目按慈善法公开的实施情况、募得款物使用情况。",
            records=lambda day: DisclosureDuty.objects.until(day, "disclosed_on"),
            columns=(
                Column("项目", "project"), AREA, Column("公开什么", "kind"),
                Column("公开日期", "disclosed_on"),
            ),
            facts=(
                Column("公开什么", "kind"), AREA, Column("期限", "due_on"),
                Column("公开日期", "disclosed_on"), Column("公开内容", "report"),
            ),
            files=True,
        ),
    ),
    Desk(
        name="partnerships",
        party=Party.CHARITY,
        model=Partnership,
        title="基金会合作",
        lead="与基金会洽谈、签约、续签、结束；一项合作带来多少资源和项目，随记录自动汇总。",
        fields=("area", "foundation", "long_term", "summary"),
        remembered=("area",),
        columns=(
            Column("基金会", "foundation"), AREA, Column("开始日期", "started_on"),
            Column("协议到期", "valid_to"),
        ),
        facts=(
            AREA, Column("长期合作", "long_term"), Column("合作内容", "summary"),
            Column("开始日期", "started_on"), Column("协议到期", "valid_to"),
            Column("结束日期", "ended_on"), Column("带来的资源和项目", "yield_text"),
            Column("合作成果", "outcome"),
        ),
        select_related=("area", "foundation"),
        search=("foundation__name", "summary"),
        files=True,
        public=Public(
            title="基金会合作",
            lead="与基金会的合作，和每项合作带来的资源、项目。",
            records=lambda day: Partnership.objects.until(day, "started_on"),
            columns=(Column("基金会", "foundation"), AREA, Column("开始日期", "started_on")),
            facts=(
                AREA, Column("合作内容", "summary"), Column("开始日期", "started_on"),
                Column("结束日期", "ended_on"), Column("带来的资源和项目", "yield_text"),
                Column("合作成果", "outcome"),
            ),
        ),
    ),
)  # fmt: skip
