"""M12 岗位+绩效."""

from communities.models import (
    AllowanceStandard,
    PayCorrection,
    PayMonth,
    PayPeriod,
    PayScheme,
    PerformanceRate,
    PerformanceReview,
    PostRate,
)
from suzhou_portal.desks.registry import Desk, Page, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
_ALLOWANCE = (
    Column("补助", "kind"),
    AREA,
    Column("标准（元/人/月）", "amount"),
    Column("执行日期", "effective_from"),
    Column("依据", "basis"),
)
_PAY = (
    Column("任职", "post"),
    Column("月份", "month_name"),
    AREA,
    Column("岗位工资（元）", "post_pay"),
    Column("绩效工资（元）", "performance_pay"),
    Column("应发合计（元）", "gross"),
)
_CORRECTION = (
    Column("更正原因", "reason"),
    Column("更正的薪酬", "pay"),
    Column("更正金额（元）", "amount"),
    Column("计入月份", "booked_month"),
)

desks.add(
    Desk(
        name="reviews",
        party=Party.WORKERS,
        model=PerformanceReview,
        title="绩效考核",
        lead="社区每季度给专职人员评定等次，由他人确认；下一季度的绩效工资据此计算。",
        fields=("post", "year", "quarter", "grade", "remark"),
        remembered=("year", "quarter", "grade"),
        columns=(
            Column("任职", "post"),
            AREA,
            Column("季度", "period_name"),
            Column("考核等次", "grade"),
        ),
        facts=(
            Column("任职", "post"),
            AREA,
            Column("季度", "period_name"),
            Column("考核等次", "grade"),
            Column("评语", "remark"),
            Column("确认日期", "confirmed_on"),
        ),
        select_related=("area", "post__person"),
        search=("post__person__name",),
        filters=("grade", "quarter"),
        pages=(
            Page(
                label="季度考核表",
                route="review_sheet",
                permission="communities.add_performancereview",
            ),
        ),
        entry=True,
    ),
    Desk(
        name="pay-periods",
        party=Party.WORKERS,
        model=PayPeriod,
        title="薪酬月份",
        lead="每月编制、由他人复核、关账；关账的月份不能再改，只能更正。",
        fields=("area", "month"),
        columns=(Column("月份", "month_name"), AREA, Column("关账日期", "closed_on")),
        record_pages=(
            Page(label="核对薪酬表", route="payroll_of", permission="communities.add_paymonth"),
        ),
        pages=(
            Page(label="计算本月薪酬", route="payroll", permission="communities.add_paymonth"),
            Page(label="账号确认", route="confirmations", permission="communities.confirm_person"),
        ),
    ),
    Desk(
        name="pay",
        party=Party.WORKERS,
        model=PayMonth,
        title="月度薪酬",
        lead="每人每月的岗位工资和绩效工资。一般由系统按方案计算，个别情况在这里登记。",
        fields=("area", "post", "month", "post_pay", "performance_pay"),
        remembered=("area", "month"),
        columns=_PAY,
        select_related=("area", "post__person"),
        search=("post__person__name",),
    ),
    Desk(
        name="pay-corrections",
        party=Party.WORKERS,
        model=PayCorrection,
        title="薪酬更正",
        lead="关账后的补发和扣回。",
        parent="pay",
        fields=("amount", "reason", "booked_in"),
        remembered=("booked_in",),
        columns=_CORRECTION,
        select_related=("area", "pay__post__person"),
    ),
    Desk(
        name="pay-schemes",
        party=Party.WORKERS,
        model=PayScheme,
        title="薪酬方案",
        lead="从哪天起，各岗位、各考核等次发多少；经他人批准后执行。",
        fields=("area", "name", "effective_from", "basis"),
        columns=(
            Column("名称", "name"),
            AREA,
            Column("执行日期", "effective_from"),
            Column("依据", "basis"),
            Column("批准日期", "adopted_on"),
        ),
        files=True,
    ),
    Desk(
        name="post-rates",
        party=Party.WORKERS,
        model=PostRate,
        title="岗位工资标准",
        lead="按岗位和在岗年限。",
        parent="scheme",
        fields=("title", "years_from", "amount"),
        remembered=("title",),
        columns=(Column("岗位和年限", "__str__"), Column("标准（元/月）", "amount")),
        select_related=("area", "scheme"),
    ),
    Desk(
        name="performance-rates",
        party=Party.WORKERS,
        model=PerformanceRate,
        title="绩效工资标准",
        lead="按考核等次。",
        parent="scheme",
        fields=("grade", "amount"),
        columns=(Column("考核等次", "grade"), Column("标准（元/月）", "amount")),
        select_related=("area", "scheme"),
    ),
    Desk(
        name="allowances",
        party=Party.WORKERS,
        model=AllowanceStandard,
        title="补助标准",
        lead="每项补助从哪天起执行什么标准；调整时新增一条，旧的保留。",
        fields=("area", "kind", "amount", "effective_from", "basis"),
        remembered=("area", "kind"),
        columns=_ALLOWANCE,
        filters=("kind",),
        public=Public(
            title="补助标准",
            lead="网格支部书记工作补助等标准，按执行日期先后。",
            records=lambda day: AllowanceStandard.objects.filter(effective_from__lte=day).order_by(
                "-effective_from"
            ),
            columns=_ALLOWANCE,
        ),
    ),
)
