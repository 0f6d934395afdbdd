"""M16 政府购买服务: projects by stage, and below them payments and deliverables."""

from organizations.models import Deliverable, Payment, PurchasedProject
from suzhou_portal.desks.registry import Desk, Page, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
NAME, PROVIDER = Column("项目名称", "name"), Column("承接组织", "provider")
CONTRACT = (
    Column("合同金额（元）", "contract_amount"),
    Column("签约日期", "signed_on"),
    Column("实施开始", "starts_on"),
    Column("实施结束", "ends_on"),
)
ABOUT = (
    AREA,
    Column("购买主体", "purchaser"),
    Column("服务领域", "service_field"),
    Column("需求", "need"),
    Column("预算（元）", "budget"),
    Column("立项日期", "approved_on"),
    Column("采购方式", "procurement"),
    Column("开始采购日期", "procured_on"),
    PROVIDER,
    *CONTRACT,
)
ENDED = (
    Column("成效", "result"),
    Column("结项日期", "completed_on"),
    Column("公示日期", "disclosed_on"),
)

desks.add(
    Desk(
        name="purchases",
        party=Party.ORGANIZATIONS,
        model=PurchasedProject,
        title="政府购买服务",
        lead="需求、立项、采购、签约、实施、中期、末期、结项、公示，一个项目一页；付款不超过合同。",
        fields=("area", "name", "need", "purchaser", "service_field"),
        remembered=("area", "purchaser"),
        columns=(
            NAME,
            AREA,
            PROVIDER,
            Column("合同金额（元）", "contract_amount"),
            Column("已付金额（元）", "paid_amount"),
            Column("实施结束", "ends_on"),
        ),
        facts=(
            *ABOUT,
            Column("实施方案", "plan"),
            Column("已付金额（元）", "paid_amount"),
            Column("未付金额（元）", "unpaid_amount"),
            *ENDED,
            Column("解除合同日期", "terminated_on"),
        ),
        select_related=("area", "provider"),
        search=("name", "purchaser", "provider__name"),
        files=True,
        pages=(
            Page(
                label="承接组织履约记录",
                route="track_records",
                permission="organizations.decide_purchasedproject",
            ),
        ),
        public=Public(
            title="政府购买服务项目",
            lead="政府向社会组织购买的社会工作服务：谁承接、合同多少钱、进展到哪一步、评估等次如何。",
            records=lambda day: PurchasedProject.objects.until(day, "signed_on"),
            columns=(
                NAME,
                AREA,
                PROVIDER,
                Column("合同金额（元）", "contract_amount"),
                Column("签约日期", "signed_on"),
            ),
            facts=(*ABOUT, Column("已付金额（元）", "paid_amount"), *ENDED),
        ),
    ),
    Desk(
        name="purchase-payments",
        party=Party.ORGANIZATIONS,
        model=Payment,
        title="付款",
        lead="按合同付的每一笔款，合计不超过合同金额。",
        parent="project",
        fields=("project", "amount", "paid_on", "note"),
        columns=(
            Column("款项", "__str__"),
            Column("付款日期", "paid_on"),
        ),
        facts=(
            Column("项目", "project"),
            Column("金额（元）", "amount"),
            Column("付款日期", "paid_on"),
            Column("款项", "note"),
        ),
        select_related=("area", "project"),
        search=("note", "project__name"),
        files=True,
    ),
    Desk(
        name="deliverables",
        party=Party.ORGANIZATIONS,
        model=Deliverable,
        title="成果",
        lead="合同约定的成果：承接组织提交，购买方验收。",
        parent="project",
        fields=("project", "name", "due_on"),
        columns=(
            Column("成果", "name"),
            Column("提交期限", "due_on"),
            Column("提交日期", "submitted_on"),
            Column("验收日期", "accepted_on"),
        ),
        facts=(
            Column("项目", "project"),
            Column("提交期限", "due_on"),
            Column("提交内容", "content"),
            Column("提交日期", "submitted_on"),
            Column("验收日期", "accepted_on"),
        ),
        select_related=("area", "project"),
        search=("name", "project__name"),
        files=True,
        attach="submit",
    ),
)
