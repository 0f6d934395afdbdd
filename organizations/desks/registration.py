"""M14 公益类注册绿色通道 and M15 街道备案."""

from organizations.models import Filing, Registration
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
CLOCK = (
    Column("受理日期", "received_on"),
    Column("承诺办结日期", "due_on"),
    Column("决定日期", "decided_on"),
    Column("用时（工作日）", "days_taken"),
    Column("比法定期限节省（工作日）", "days_saved"),
)
DECISION = (
    Column("拟登记名称", "name"),
    AREA,
    Column("登记类型", "kind"),
    CLOCK[0],
    *CLOCK[2:],
)
NAME = Column("组织名称", "name")
FILED = (
    AREA,
    Column("备案编号", "number"),
    Column("服务领域", "field"),
    Column("备案日期", "filed_on"),
)
ENDED = (Column("最近变更日期", "changed_on"), Column("注销（转登记）日期", "ended_on"))

desks.add(
    Desk(
        name="registrations",
        party=Party.ORGANIZATIONS,
        model=Registration,
        title="公益类登记绿色通道",
        lead="材料齐全即受理，自受理起按工作日计时；对照法定60日，看节省了多少天。",
        fields=("area", "organization", "name", "kind", "purpose", "applied_on"),
        remembered=("area", "kind"),
        columns=(
            Column("拟登记名称", "name"),
            AREA,
            Column("申请日期", "applied_on"),
            *CLOCK[:3],
            CLOCK[4],
        ),
        facts=(
            AREA,
            Column("已有的组织", "organization"),
            Column("登记类型", "kind"),
            Column("宗旨和业务范围", "purpose"),
            Column("申请日期", "applied_on"),
            *CLOCK,
            Column("统一社会信用代码", "credit_code"),
        ),
        select_related=("area", "organization"),
        filters=("kind",),
        search=("name", "purpose"),
        files=True,
        public=Public(
            title="公益类登记绿色通道",
            lead="公益类社会组织登记用了几个工作日，比法定的60日节省多少。",
            records=lambda day: Registration.objects.approved(day),
            columns=DECISION,
            facts=(*DECISION[1:], Column("统一社会信用代码", "credit_code")),
        ),
    ),
    Desk(
        name="filings",
        party=Party.ORGANIZATIONS,
        model=Filing,
        title="街道备案",
        lead="社区社会组织向街道备案、变更、注销。备案的组织没有法人资格，没有统一社会信用代码。",
        fields=("area", "name", "field", "activities", "members", "contact", "phone", "applied_on"),
        remembered=("area", "field"),
        columns=(NAME, *FILED, ENDED[1]),
        facts=(
            AREA,
            Column("服务领域", "field"),
            Column("主要活动", "activities"),
            Column("成员人数（人）", "members"),
            Column("负责人", "contact"),
            Column("联系电话", "phone"),
            Column("申请日期", "applied_on"),
            FILED[1],
            FILED[3],
            *ENDED,
        ),
        search=("name", "activities", "number"),
        files=True,
        public=Public(
            title="街道备案的社区社会组织",
            lead="在街道备案的社区社会组织，含已注销和转为登记的。",
            records=lambda day: Filing.objects.until(day, "filed_on"),
            columns=(NAME, *FILED, ENDED[1]),
            facts=(*FILED, Column("主要活动", "activities"), *ENDED),
        ),
    ),
)
