"""M12 岗位+绩效."""

from communities.models import (
    AllowanceStandard,
    PayCorrection,
    PayMonth,
    PayPeriod,
    PayScheme,
    PerformanceRate,
    PerformanceReview,
    Person,
    PostRate,
)
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, PageLink, Rows, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=PerformanceReview, party=Party.WORKERS,
    roles=offices(KEEP | {"confirm"}) | {Role.COMMUNITY: KEEP, Role.HR: VIEW},
    name="reviews", title="绩效考核",
    lead="社区每季度给专职人员评定等次，由他人确认；下一季度的绩效工资据此计算。",
    fields=("post", "year", "quarter", "grade", "remark"), carried=("year", "quarter", "grade"),
    columns=("post", "area", Column("季度", "period_name"), "grade"),
    facts=("post", "area", Column("季度", "period_name"), "grade", "remark", "confirmed_on"),
    search=("post__person__name",), filters=("grade", "quarter"),
    entry=True,
    todos=(Todo("to_confirm", "待确认的绩效考核", "confirm"),),
    pages=(PageLink("季度考核表", "review_sheet", "add"),),
    ledger=Imported(name="reviews", named_by={"post": "person__name"}, key=("post", "year", "quarter")),
    admin=InAdmin(
        columns=("post", "year", "quarter", "grade", "confirmed_on"),
        filters=("grade", "year", "quarter"), kept=lambda review: review.state == "confirmed",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PayPeriod, party=Party.WORKERS,
    roles={Role.HR: KEEP | {"review"}},
    name="pay-periods", title="薪酬月份",
    lead="每月编制、由他人复核、关账；关账的月份不能再改，只能更正。",
    fields=("area", "month"),
    columns=(Column("月份", "month_name"), "area", "closed_on"),
    todos=(
        Todo("to_close", "已复核待关账的薪酬月份", "change", "reviewed"),
        Todo("to_review", "编制中的薪酬月份", "review", "drafting"),
    ),
    pages=(
        PageLink("计算本月薪酬", "payroll", "add", PayMonth),
        PageLink("与方案核对", "pay_check", "view", PayMonth),
        PageLink("账号确认", "confirmations", "confirm", Person),
    ),
    record_pages=(
        PageLink("核对薪酬表", "payroll_of", "add", PayMonth),
        PageLink("与方案核对", "pay_check_of", "view", PayMonth),
    ),
    admin=InAdmin(
        columns=("__str__", "month", "closed_on"), search=("month",), dates="month",
        kept=lambda period: period.state != "drafting",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PayMonth, party=Party.WORKERS,
    roles={Role.HR: KEEP},
    name="pay", title="月度薪酬",
    lead="每人每月的岗位工资和绩效工资。一般由系统按方案计算，个别情况在这里登记。",
    fields=("area", "post", "month", "post_pay", "performance_pay", "explanation"), carried=("area", "month"),
    columns=("post", Column("月份", "month_name"), "area", "post_pay", "performance_pay", "gross", "explanation"),
    search=("post__person__name",),
    ledger=Imported(name="pay", named_by={"post": "person__name"}, key=("post", "month")),
    admin=InAdmin(
        columns=(
            "post", "month", Number("post_pay", 2), Number("performance_pay", 2),
            Number("gross", 2),
        ),
        dates="month", given=("gross",), kept=lambda pay: pay.is_settled,
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PayCorrection, party=Party.WORKERS,
    roles={Role.HR: KEEP},
    name="pay-corrections", title="薪酬更正",
    lead="关账后的补发和扣回。",
    parent="pay",
    fields=("amount", "reason", "booked_in", "explanation"), carried=("booked_in",),
    columns=("reason", "pay", "amount", Column("计入月份", "booked_month"), "explanation"),
    admin=InAdmin(
        columns=("pay", "booked_in", "reason", Number("amount", 2)),
        search=("pay__post__person__name", "reason"), dates="booked_in",
        kept=lambda correction: correction.is_settled,
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PayScheme, party=Party.WORKERS,
    roles={Role.HR: KEEP | {"approve"}},
    name="pay-schemes", title="薪酬方案",
    lead="从哪天起，各岗位、各考核等次发多少；经他人批准后执行。",
    fields=("area", "name", "effective_from", "basis"),
    columns=("name", "area", "effective_from", "basis", "adopted_on"),
    files=True,
    todos=(Todo("to_adopt", "待批准的薪酬方案", "approve"),),
    admin=InAdmin(
        columns=("name", "effective_from", "basis", "adopted_on"), search=("name", "basis"),
        rows=(
            Rows(PostRate, ("title", "years_from", "amount"), listed=True),
            Rows(PerformanceRate, ("grade", "amount"), listed=True),
        ),
        kept=lambda scheme: scheme.state == "adopted",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PostRate, party=Party.WORKERS,
    roles={Role.HR: KEEP},
    name="post-rates", title="岗位工资标准",
    lead="按岗位和在岗年限。",
    parent="scheme",
    fields=("title", "years_from", "amount"), carried=("title",),
    columns=(Column("岗位和年限", "__str__"), "amount"), search=("title",),
    admin=InAdmin(
        columns=("__str__", "scheme", Number("amount", 2)), search=("title", "scheme__name"),
        kept=lambda rate: rate.scheme.state == "adopted",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PerformanceRate, party=Party.WORKERS,
    roles={Role.HR: KEEP},
    name="performance-rates", title="绩效工资标准",
    lead="按考核等次。",
    parent="scheme",
    fields=("grade", "amount"),
    columns=("grade", "amount"),
    admin=InAdmin(
        columns=("grade", "scheme", Number("amount", 2)), search=("scheme__name",),
        filters=("grade",), kept=lambda rate: rate.scheme.state == "adopted",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=AllowanceStandard, party=Party.WORKERS,
    roles={Role.DISTRICT: KEEP, Role.HR: VIEW},
    name="allowances", title="补助标准",
    lead="每项补助从哪天起执行什么标准；调整时新增一条，旧的保留。",
    fields=("area", "kind", "amount", "effective_from", "basis", "explanation"),
    carried=("area", "kind"),
    columns=("kind", "area", "amount", "effective_from", "basis", "explanation"),
    filters=("kind",),
    public=Public(
        lead="网格支部书记工作补助等标准，按执行日期先后。",
        records=lambda day: (
            AllowanceStandard.objects.filter(effective_from__lte=day)
            .order_by("-effective_from")
        ),
        columns=("kind", "area", "amount", "effective_from", "basis"),
    ),
    ledger=Imported(name="allowances", key=("area", "kind", "effective_from")),
    admin=InAdmin(
        columns=("kind", Number("amount", 2), "effective_from", "basis"), search=("basis",),
    ),
))  # fmt: skip
