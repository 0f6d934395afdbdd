"""M16 政府购买服务: projects by stage, and below them payments and deliverables."""

from organizations.admin import EvaluationFormSet, PaymentFormSet
from organizations.models import Deliverable, Evaluation, Payment, ProjectReport, PurchasedProject
from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, PageLink, Rows, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=PurchasedProject, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: VIEW, Role.EVALUATOR: VIEW, Role.COMMUNITY: ENTER, Role.STREET: ENTER,
        Role.DISTRICT: KEEP | {"decide", "purchase"},
    },
    name="purchases", title="政府购买服务",
    lead="社区、街道和区级都可以提出需求；立项、采购、签约、实施、评估、结项、公示由区级办理，一个项目一页。",
    fields=("area", "name", "need", "purchaser", "service_field"), carried=("area", "purchaser"),
    columns=("name", "area", "provider", "contract_amount", "paid_amount", "ends_on"),
    facts=(
        "area", "purchaser", "service_field", "need", "budget", "approved_on", "procurement",
        "procured_on", "provider", "contract_amount", "signed_on", "starts_on", "ends_on", "plan",
        "paid_amount", Column("未付金额（元）", "unpaid_amount"), "explanation",
        Column("承接组织已报支出", "spent_text"), Column("承接组织的账号", "account_text"), "result", "completed_on",
        "disclosed_on", "terminated_on",
    ),
    search=("name", "purchaser", "provider__name"),
    files=True,
    todos=(
        Todo(
            "unevaluated", "已结束而未评估的购买服务项目", "purchase",
            lambda projects, day: projects.unevaluated(day),
        ),
        Todo("to_decide", "待立项的购买服务需求", "decide", "need"),
        Todo("to_complete", "待结项的购买服务项目", "decide", "final"),
    ),
    pages=(PageLink("承接组织履约记录", "track_records", "decide"),),
    public=Public(
        title="政府购买服务项目",
        lead="政府向社会组织购买的社会工作服务：谁承接、合同多少钱、进展到哪一步、评估等次如何。",
        records=lambda day: PurchasedProject.objects.until(day, "signed_on"),
        news="signed_on",
        columns=("name", "area", "provider", "contract_amount", "signed_on"),
        facts=(
            "area", "purchaser", "service_field", "need", "budget", "approved_on", "procurement",
            "procured_on", "provider", "contract_amount", "signed_on", "starts_on", "ends_on",
            "paid_amount", "result", "completed_on", "disclosed_on",
        ),
        parties={
            Party.COMMUNITIES: Column("社区", "area"),
            Party.ORGANIZATIONS: Column("社会组织", "part_of_provider"),
        },
    ),
    ledger=Imported(name="purchases", key=("area", "name")),
    admin=InAdmin(
        columns=(
            "name", "provider", "purchaser", Number("contract_amount", 2), Number("paid_amount", 2),
            "signed_on",
        ),
        search=("name", "provider__name", "purchaser"), filters=("purchaser",), dates="signed_on",
        given=("paid_amount",),
        of_old=(
            "budget", "procurement", "provider", "plan", "contract_amount", "explanation",
            "signed_on", "starts_on", "ends_on",
        ),
        fieldsets=(
            (None, ("area", "name", "need", "purchaser", "service_field")),
            ("采购", ("budget", "procurement", "provider", "plan")),
            ("金额", ("contract_amount", "paid_amount", "explanation")),
            ("日期", ("signed_on", "starts_on", "ends_on")),
            ("办理", ("state", "result")),
        ),
        rows=(
            Rows(Payment, ("amount", "paid_on", "note", "explanation"), formset=PaymentFormSet),
            Rows(
                Evaluation,
                ("kind", "evaluator", "due_on"),
                formset=EvaluationFormSet,
            ),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Payment, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: VIEW, Role.EVALUATOR: VIEW, Role.STREET: VIEW,
        Role.DISTRICT: ENTER | {"reverse"},
    },
    name="purchase-payments", title="付款",
    lead="按合同付的每一笔款，合计不超过合同金额；付错的由另一人冲正，原记录保留。",
    parent="project",
    fields=("project", "amount", "paid_on", "note", "explanation"),
    columns=(Column("款项", "__str__"), "paid_on", "reversed_on", "explanation"),
    facts=(
        "project", Column("金额（元）", "amount"), "paid_on", "note", "explanation", "reversed_on",
    ),
    search=("note", "project__name"),
    files=True,
    ledger=Imported(name="purchase-payments", key=("project", "paid_on", "amount", "note")),
    admin=InAdmin(
        columns=("project", Number("amount", 2), "paid_on", "note", "reversed_on"),
        search=("project__name", "note"), dates="paid_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ProjectReport, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: ENTER | {"submit"}, Role.EVALUATOR: VIEW, Role.STREET: VIEW,
        Role.DISTRICT: VIEW | {"review"},
    },
    name="project-reports", title="进展和支出报告",
    lead="承接组织按期报告做了什么、花了多少，票据和照片一起上传；购买方审核，支出合计不超过合同金额。",
    parent="project",
    fields=("project", "from_on", "to_on", "progress", "reached", "spent", "spending"),
    columns=(Column("期间", "__str__"), "spent", "reached", "submitted_on", "accepted_on"),
    facts=(
        "project", "from_on", "to_on", "progress", "reached", "spent", "spending", "submitted_on",
        "accepted_on",
    ),
    search=("project__name", "progress"),
    files=True,
    todos=(
        Todo("to_submit", "待提交的项目报告", "submit", "drafted"),
        Todo("to_review", "待审核的项目报告", "review", "submitted"),
    ),
    admin=InAdmin(
        columns=("project", "from_on", "to_on", Number("spent", 2), "submitted_on", "accepted_on"),
        dates="to_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Deliverable, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: VIEW | {"submit"}, Role.EVALUATOR: VIEW, Role.STREET: VIEW,
        Role.DISTRICT: ENTER | {"accept"},
    },
    name="deliverables", title="成果",
    lead="合同约定的成果：承接组织提交，购买方验收。",
    parent="project",
    fields=("project", "name", "due_on"),
    columns=("name", "due_on", "submitted_on", "accepted_on"),
    facts=("project", "due_on", "content", "submitted_on", "accepted_on"),
    search=("name", "project__name"),
    files=True, attach="submit",
    todos=(
        Todo("to_submit", "待提交的项目成果", "submit", "promised"),
        Todo("to_accept", "待验收的项目成果", "accept", "submitted"),
        Todo("overdue", "逾期未交的项目成果", "submit", "promised", past="due_on"),
    ),
    ledger=Imported(name="deliverables", key=("project", "name")),
    admin=InAdmin(
        columns=("name", "project", "due_on", "submitted_on", "accepted_on"),
    ),
))  # fmt: skip
