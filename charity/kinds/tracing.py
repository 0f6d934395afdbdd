"""M26 资源链接与盘活: donors, resources, allocations, uses."""

from charity.models import Allocation, CharityResource, Donor, ResourceUse
from suzhou_portal.accounts.roles import KEEP, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import (
    Imported,
    InAdmin,
    Kind,
    Number,
    PageLink,
    Todo,
    filled,
    kinds,
)
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=Donor, party=Party.CHARITY,
    roles=offices(KEEP | {"reveal"}),
    name="donors", title="捐赠人",
    lead="没有同意公开姓名的，网站上只称爱心人士、爱心企业、爱心单位。",
    fields=("area", "kind", "name", "phone", "consented_on", "explanation"), carried=("area", "kind"),
    columns=(Column("公开称呼", "__str__"), "area", Column("同意公开的日期", "consented_on")),
    facts=("kind", "name", "phone", "area", Column("同意公开的日期", "consented_on")),
    search=("name",), filters=("kind",),
    ledger=Imported(name="donors", key=("area", "kind", "name")),
    admin=InAdmin(
        columns=("__str__", "kind", "masked_name", "masked_phone", "consented_on"), search=("=pk",),
        filters=("kind", filled("consented_on")),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=CharityResource, party=Party.CHARITY,
    roles=offices(KEEP | {"reverse"}),
    name="charity-resources", title="慈善资源",
    lead="资金、物资、服务到位后登记，再分配、签收、使用；每一笔都能在网站上查到用在了哪里。",
    fields=(
        "area", "name", "kind", "donor", "donor_public", "value", "valued_by", "quantity", "unit",
        "partnership", "receipt_number", "received_on", "explanation",
    ),
    carried=("area", "kind", "valued_by", "unit"),
    columns=("name", "area", "value", Column("捐赠方", "shown_donor"), "received_on"),
    facts=(
        "area", "kind", Column("捐赠方", "shown_donor"), "value", "valued_by", "quantity", "unit",
        "receipt_number", "received_on", Column("尚未分配（元）", "left_value"),
        Column("尚未分配（数量）", "left_quantity"), "explanation",
        "reversed_on",
    ),
    joins=("donor",),
    search=("name", "donor_public"), filters=("kind",),
    files=True, entry=True,
    record_pages=(
        PageLink(
            "分配", "", "add", Allocation, when=lambda resource: resource.free, fills="resource",
        ),
    ),
    ledger=Imported(
        name="resources", bulk=True,
        fields=(
            "area", "name", "kind", "value", "valued_by", "quantity", "unit", "donor_public",
            "receipt_number", "received_on",
        ),
        key=("area", "name", "received_on", "value", "receipt_number"),
    ),
    admin=InAdmin(
        columns=(
            "name", "kind", Number("value", 2), Column("公开的捐赠方", "shown_donor"),
            "received_on",
        ),
        dates="received_on",
        fieldsets=(
            (None, (
                "area", "name", "kind", "donor", "donor_public", "receipt_number", "partnership",
                "received_on",
            )),
            ("价值和数量", ("value", "valued_by", "quantity", "unit", "explanation")),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Allocation, party=Party.CHARITY,
    roles=offices(KEEP | {"approve"}) | {Role.COMMUNITY: KEEP},
    name="allocations", title="资源分配",
    lead="分给哪里、做什么、多少；不能超过尚未分配的。另一人同意后签收、使用、结清，余额退回。",
    fields=("resource", "area", "purpose", "project", "value", "quantity"), carried=("area",),
    columns=("purpose", "resource", "area", "value", "allocated_on"),
    facts=(
        "resource", "area", "project", "value", "quantity", "allocated_on", "receiver",
        "delivered_on", Column("还剩", "left"), "returned_value", "settled_on",
    ),
    search=("purpose", "resource__name"),
    files=True,
    todos=(
        Todo("to_approve", "待同意的资源分配", "approve", "proposed"),
        Todo("to_deliver", "待签收的慈善资源", "change", "allocated", due="allocated_on", by=""),
    ),
    ledger=Imported(name="allocations", key=("resource", "area", "purpose")),
    admin=InAdmin(
        columns=("purpose", "resource", Number("value", 2), "allocated_on", "delivered_on"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ResourceUse, party=Party.CHARITY,
    roles=offices(KEEP | {"reverse"}),
    name="resource-uses", title="资源使用",
    lead="用了多少、做了什么、多少人次受益；票据和照片一起上传。不写受益人姓名。",
    parent="allocation",
    fields=(
        "allocation", "used_on", "purpose", "value", "quantity", "beneficiaries", "explanation",
    ),
    carried=("allocation",),
    columns=(
        "purpose", "used_on", "value", Column("受益人次", "beneficiaries"), "reversed_on",
    ),
    facts=(
        "allocation", "used_on", "value", "quantity", Column("受益人次", "beneficiaries"),
        "explanation", "reversed_on",
    ),
    search=("purpose",),
    files=True, entry=True,
    ledger=Imported(
        name="resource-uses", named_by={"allocation": "purpose"},
        key=("allocation", "purpose", "used_on", "value"),
    ),
    admin=InAdmin(
        columns=("purpose", "allocation", Number("value", 2), "used_on"), dates="used_on",
    ),
))  # fmt: skip
