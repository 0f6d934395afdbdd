"""M3 红色物业."""

from communities.models import PropertyCompany, PropertyRating, ServedCompound
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, Todo, filled, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

_SERVED = Column("物业企业", "served_by")

kinds.add(Kind(
    model=PropertyCompany, party=Party.COMMUNITIES,
    roles=offices(KEEP | {"reveal"}),
    name="property-companies", title="物业企业",
    lead="红色物业：物业企业和它的党组织、双向进入交叉任职。",
    fields=(
        "area", "name", "credit_code", "contact", "phone", "started_on", "ended_on",
        "party_organization", "party_founded_on", "cross_posted", "cross_posted_on",
    ),
    carried=("area",),
    columns=("name", "area", "party_organization", "cross_posted", "started_on", "ended_on"),
    facts=(
        "name", "area", "credit_code", "contact", "phone", "started_on", "ended_on",
        "party_organization", "party_founded_on", "cross_posted", "cross_posted_on",
        Column("服务小区", "compounds_served"),
    ),
    search=("name", "credit_code"),
    public=Public(
        title="红色物业企业",
        lead="在本地服务的物业企业，及其党组织和交叉任职情况。",
        records=lambda day: PropertyCompany.objects.open_on(day),
        columns=("name", "area", "party_organization", "cross_posted"),
        facts=(
            "name", "area", "credit_code", "party_organization", "cross_posted",
            Column("服务小区", "compounds_served"),
        ),
    ),
    ledger=Imported(name="property-companies", key=("area", "name")),
    admin=InAdmin(
        columns=(
            "name", "credit_code", "party_organization", "cross_posted", "started_on", "ended_on",
            "masked_phone",
        ),
        search=("name", "credit_code", "party_organization"),
        filters=("cross_posted", filled("party_founded_on")),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ServedCompound, party=Party.COMMUNITIES,
    roles=offices(KEEP),
    name="compounds", title="物业小区",
    lead="每个小区由哪家物业企业服务，没有企业的自管；更换企业，先填服务结束日期，再登记新的。点开小区登记每期考核。",
    fields=(
        "area", "name", "address", "households", "company", "self_managed", "started_on", "ended_on",
    ),
    carried=("area", "company"),
    columns=("name", "area", _SERVED, "households", "started_on", "ended_on"),
    facts=("name", "area", _SERVED, "address", "households", "started_on", "ended_on"),
    joins=("company",),
    search=("name", "address", "company__name"),
    public=Public(
        title="小区物业和考核等次",
        lead="您的小区由哪家物业服务或自管，街道审核通过的最近一期考核是什么等次。",
        records=lambda day: ServedCompound.objects.open_on(day).with_grade(day),
        columns=(
            "name", "area", _SERVED, "company.party_organization",
            Column("最近考核等次", "latest_grade_display"), Column("考核期止", "rated_until"),
        ),
        facts=(
            "name", "area", _SERVED, "address", "households",
            Column("物业党组织", "company.party_organization"), "company.cross_posted",
            Column("最近考核等次", "latest_grade_display"), Column("考核期止", "rated_until"),
        ),
    ),
    ledger=Imported(name="compounds", key=("area", "name", "started_on")),
    admin=InAdmin(
        columns=("name", "company", "self_managed", Number("households"), "started_on", "ended_on"),
        filters=("self_managed", filled("ended_on")),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PropertyRating, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: KEEP | {"handle"}, Role.STREET: VIEW | {"review"}, Role.DISTRICT: VIEW},
    name="property-ratings", title="物业考核",
    lead="社区每期考核小区物业，街道审核。审核通过后不能再改。",
    parent="compound",
    fields=("compound", "period_start", "period_end", "score", "comment"),
    carried=("period_start", "period_end"),
    columns=("compound.name", "company", "period_start", "period_end", "score", "grade"),
    facts=(
        "compound.name", "company", "area", "period_start", "period_end", "score", "grade",
        "comment", "reviewed_on",
    ),
    search=("compound__name", "company__name"), filters=("grade",),
    files=True,
    todos=(
        Todo("to_review", "待审核的物业考核", "review", "rated"),
        Todo("returned", "退回待改的物业考核", "handle", "returned"),
    ),
    ledger=Imported(name="property-ratings", key=("compound", "period_end")),
    admin=InAdmin(
        columns=(
            "compound", "company", "period_start", "period_end", "score", "grade", "reviewed_on",
        ),
        dates="period_end", given=("company", "grade"), kept=lambda rating: rating.state == "reviewed",
    ),
))  # fmt: skip
