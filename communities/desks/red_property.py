"""M3 红色物业."""

from communities.models import PropertyCompany, PropertyRating, ServedCompound
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
_COMPANY = (
    Column("企业名称", "name"),
    AREA,
    Column("党组织", "party_organization"),
    Column("双向进入、交叉任职", "cross_posted"),
)
_COMPOUND = (Column("小区", "name"), AREA, Column("物业企业", "company"))
_LATEST = (Column("最近考核等次", "latest_grade_display"), Column("考核期止", "rated_until"))

desks.add(
    Desk(
        name="property-companies",
        party=Party.COMMUNITIES,
        model=PropertyCompany,
        title="物业企业",
        lead="红色物业：物业企业和它的党组织、双向进入交叉任职。",
        fields=(
            "area",
            "name",
            "credit_code",
            "contact",
            "phone",
            "started_on",
            "ended_on",
            "party_organization",
            "party_founded_on",
            "cross_posted",
            "cross_posted_on",
        ),
        remembered=("area",),
        columns=(*_COMPANY, Column("进驻日期", "started_on"), Column("退出日期", "ended_on")),
        facts=(
            *_COMPANY[:2],
            Column("统一社会信用代码", "credit_code"),
            Column("联系人", "contact"),
            Column("联系电话", "phone"),
            Column("进驻日期", "started_on"),
            Column("退出日期", "ended_on"),
            Column("党组织", "party_organization"),
            Column("党组织成立日期", "party_founded_on"),
            Column("双向进入、交叉任职", "cross_posted"),
            Column("交叉任职起始日期", "cross_posted_on"),
            Column("服务小区", "compounds_served"),
        ),
        search=("name", "credit_code"),
        public=Public(
            title="红色物业企业",
            lead="在本地服务的物业企业，及其党组织和交叉任职情况。",
            records=lambda day: PropertyCompany.objects.active(day),
            columns=_COMPANY,
            facts=(
                *_COMPANY[:2],
                Column("统一社会信用代码", "credit_code"),
                *_COMPANY[2:],
                Column("服务小区", "compounds_served"),
            ),
        ),
    ),
    Desk(
        name="compounds",
        party=Party.COMMUNITIES,
        model=ServedCompound,
        title="物业小区",
        lead="每个小区由哪家物业企业服务；点开小区登记每期考核。",
        fields=("area", "name", "address", "households", "company", "started_on", "ended_on"),
        remembered=("area", "company"),
        columns=(
            *_COMPOUND,
            Column("户数（户）", "households"),
            Column("服务开始", "started_on"),
            Column("服务结束", "ended_on"),
        ),
        facts=(
            *_COMPOUND,
            Column("地址", "address"),
            Column("户数（户）", "households"),
            Column("服务开始", "started_on"),
            Column("服务结束", "ended_on"),
        ),
        select_related=("area", "company"),
        search=("name", "address", "company__name"),
        public=Public(
            title="小区物业和考核等次",
            lead="您的小区由哪家物业服务，街道审核通过的最近一期考核是什么等次。",
            records=lambda day: ServedCompound.objects.served(day).with_grade(day),
            columns=(
                *_COMPOUND,
                Column("党组织", "company.party_organization"),
                *_LATEST,
            ),
            facts=(
                *_COMPOUND,
                Column("地址", "address"),
                Column("户数（户）", "households"),
                Column("物业党组织", "company.party_organization"),
                Column("双向进入、交叉任职", "company.cross_posted"),
                *_LATEST,
            ),
        ),
    ),
    Desk(
        name="property-ratings",
        party=Party.COMMUNITIES,
        model=PropertyRating,
        title="物业考核",
        lead="社区每期考核小区物业，街道审核。审核通过后不能再改。",
        fields=("compound", "period_start", "period_end", "score", "comment"),
        remembered=("period_start", "period_end"),
        columns=(
            Column("小区", "compound.name"),
            Column("考核期起", "period_start"),
            Column("考核期止", "period_end"),
            Column("得分", "score"),
            Column("等次", "grade"),
        ),
        facts=(
            Column("小区", "compound.name"),
            Column("物业企业", "compound.company"),
            AREA,
            Column("考核期起", "period_start"),
            Column("考核期止", "period_end"),
            Column("得分", "score"),
            Column("等次", "grade"),
            Column("考核意见", "comment"),
            Column("审核日期", "reviewed_on"),
        ),
        select_related=("area", "compound__company"),
        search=("compound__name", "compound__company__name"),
        filters=("grade",),
        parent="compound",
        files=True,
    ),
)
