"""M17 第三方督导评估: what is asked of an evaluator, its visits, and what is to be put right."""

from organizations.models import Evaluation, Rectification, SupervisionVisit
from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, PageLink, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=Evaluation, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: VIEW, Role.EVALUATOR: VIEW | {"evaluate"}, Role.STREET: VIEW,
        Role.DISTRICT: KEEP | {"decide"},
    },
    name="evaluations", title="第三方评估",
    lead="区级委托独立的机构作中期和末期评估；由评估机构自己的账号评分、提交，区级确认结果。",
    parent="project",
    fields=("project", "kind", "evaluator", "due_on"), carried=("evaluator",),
    columns=("project", "kind", "evaluator", "due_on", "evaluated_on", "grade"),
    facts=(
        "area", "provider", "evaluator", Column("评估机构的账号", "account_text"), "kind", "due_on",
        Column("评估标准", "lines_text"), "evaluated_on", "total", "grade", "summary",
    ),
    search=("project__name", "provider__name", "evaluator__name"), filters=("kind", "grade"),
    files=True, attach="evaluate",
    todos=(
        Todo("to_make", "待评分、提交的第三方评估", "evaluate", "assigned"),
        Todo("overdue", "逾期未提交的第三方评估", "evaluate", "assigned", past="due_on"),
        Todo("late", "评估机构逾期未提交的评估", "decide", "assigned", past="due_on"),
        Todo(
            "no_account", "评估机构还没有账号的评估", "decide",
            lambda ones, day: ones.without_account(day),
        ),
        Todo(
            "doubtful", "评估机构不是登记法人的评估", "decide",
            lambda ones, _: ones.doubtful(),
        ),
        Todo("to_settle", "待确认结果的第三方评估", "decide", "evaluated"),
    ),
    record_pages=(
        PageLink("评分表", "score_sheet", "evaluate", when=lambda one: one.state == "assigned"),
    ),
    public=Public(
        title="第三方评估结果",
        lead="政府购买服务项目的评估结果：由承接组织以外的机构评估，等次为优秀、良好、合格、不合格。",
        records=lambda day: Evaluation.objects.in_state("settled").until(day, "evaluated_on"),
        news="evaluated_on",
        columns=("project", "provider", "evaluator", "kind", "grade", "evaluated_on"),
        facts=(
            "project", "provider", "evaluator", "kind", "evaluated_on",
            Column("评估标准", "lines_text"), "total", "grade",
        ),
    ),
    ledger=Imported(name="evaluations", key=("project", "kind", "evaluator")),
    admin=InAdmin(
        columns=("project", "provider", "evaluator", "kind", "grade", "evaluated_on"),
        given=("evaluated_on", "total", "grade", "summary"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=SupervisionVisit, party=Party.ORGANIZATIONS,
    roles={Role.ORGANIZATION: VIEW, Role.EVALUATOR: ENTER, Role.STREET: VIEW, Role.DISTRICT: VIEW},
    name="supervision-visits", title="督导走访",
    lead="评估机构到项目现场督导，当场记下情况和建议，可拍照。",
    parent="evaluation",
    fields=("evaluation", "visited_on", "place", "findings", "advice"), carried=("evaluation",),
    columns=("visited_on", "evaluation", "place", "findings"),
    facts=("evaluation", "provider", "evaluator", "visited_on", "place", "findings", "advice"),
    search=("place", "findings", "evaluation__project__name"),
    files=True, entry=True,
    admin=InAdmin(
        columns=("evaluation", "evaluator", "visited_on", "place"),
        search=("findings", "evaluation__project__name", "evaluator__name"), dates="visited_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Rectification, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: VIEW | {"rectify"}, Role.EVALUATOR: ENTER | {"review"},
        Role.STREET: VIEW, Role.DISTRICT: VIEW,
    },
    name="rectifications", title="整改",
    lead="督导和评估提出的问题：限期整改，承接组织提交，评估机构复核。",
    parent="evaluation",
    fields=("evaluation", "problem", "demand", "demanded_on", "due_on"),
    columns=("problem", "evaluation", "demanded_on", "due_on", "confirmed_on"),
    facts=(
        "evaluation", "evaluation.provider", "demand", "demanded_on", "due_on", "result",
        "reported_on", "confirmed_on",
    ),
    search=("problem", "demand", "evaluation__project__name"),
    files=True, attach="rectify",
    todos=(
        Todo("to_rectify", "待整改的问题", "rectify", "demanded"),
        Todo("overdue", "逾期未整改的问题", "rectify", "demanded", past="due_on"),
        Todo("to_review", "待复核的整改", "review", "reported"),
    ),
    admin=InAdmin(
        columns=("problem", "evaluation", "demanded_on", "due_on", "confirmed_on"),
    ),
))  # fmt: skip
