"""M26 资源链接与盘活: donors, resources, allocations, uses."""

from charity.models import Allocation, CharityResource, Donor, ResourceUse
from suzhou_portal.desks.registry import Desk, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
VALUE = Column("价值（元）", "value")

desks.add(
    Desk(
        name="donors",
        party=Party.CHARITY,
        model=Donor,
        title="捐赠人",
        lead="没有同意公开姓名的，网站上只称爱心人士、爱心企业、爱心单位。",
        fields=("area", "kind", "name", "phone", "consented_on"),
        remembered=("area", "kind"),
        columns=(Column("公开称呼", "__str__"), AREA, Column("同意公开的日期", "consented_on")),
        facts=(
            Column("类型", "kind"), Column("捐赠人", "name"), Column("联系电话", "phone"), AREA,
            Column("同意公开的日期", "consented_on"),
        ),
        search=("name",),
        filters=("kind",),
    ),
    Desk(
        name="charity-resources",
        party=Party.CHARITY,
        model=CharityResource,
        title="慈善资源",
        lead="资金、物资、服务到位后登记，再分配、签收、使用；每一笔都能在网站上查到用在了哪里。",
        fields=(
            "area", "name", "kind", "donor", "donor_public", "value", "valued_by", "quantity",
            "unit", "partnership", "receipt_number", "received_on",
        ),
        remembered=("area", "kind", "valued_by", "unit"),
        columns=(
            Column("名称", "name"), AREA, VALUE, Column("捐赠方", "shown_donor"),
            Column("到位日期", "received_on"),
        ),
        facts=(
            AREA, Column("类型", "kind"), Column("捐赠方", "shown_donor"), VALUE,
            Column("计价依据", "valued_by"), Column("数量", "quantity"), Column("计量单位", "unit"),
            Column("捐赠票据号", "receipt_number"), Column("到位日期", "received_on"),
            Column("尚未分配（元）", "left_value"), Column("尚未分配（数量）", "left_quantity"),
        ),
        select_related=("area", "donor"),
        search=("name", "donor_public"),
        filters=("kind",),
        files=True,
        entry=True,
    ),
    Desk(
        name="allocations",
        party=Party.CHARITY,
        model=Allocation,
        title="资源分配",
        lead="分给哪里、做什么、多少；不能超过尚未分配的。另一人同意后签收、使用、结清，余额退回。",
        fields=("resource", "area", "purpose", "project", "value", "quantity"),
        remembered=("area",),
        columns=(
            Column("用途", "purpose"), Column("慈善资源", "resource"), AREA,
            Column("分配价值（元）", "value"), Column("分配日期", "allocated_on"),
        ),
        facts=(
            Column("慈善资源", "resource"), AREA, Column("用于项目", "project"),
            Column("分配价值（元）", "value"), Column("分配数量", "quantity"),
            Column("分配日期", "allocated_on"), Column("签收单位或岗位", "receiver"),
            Column("签收日期", "delivered_on"), Column("还剩", "left"),
            Column("退回价值（元）", "returned_value"), Column("结清日期", "settled_on"),
        ),
        select_related=("area", "resource", "project"),
        search=("purpose", "resource__name"),
        files=True,
    ),
    Desk(
        name="resource-uses",
        party=Party.CHARITY,
        model=ResourceUse,
        title="资源使用",
        lead="用了多少、做了什么、多少人次受益；票据和照片一起上传。不写受益人姓名。",
        fields=("allocation", "used_on", "purpose", "value", "quantity", "beneficiaries"),
        remembered=("allocation",),
        parent="allocation",
        columns=(
            Column("用于什么", "purpose"), Column("使用日期", "used_on"),
            Column("使用价值（元）", "value"), Column("受益人次", "beneficiaries"),
        ),
        facts=(
            Column("资源分配", "allocation"), Column("使用日期", "used_on"),
            Column("使用价值（元）", "value"), Column("使用数量", "quantity"),
            Column("受益人次", "beneficiaries"),
        ),
        select_related=("area", "allocation__resource"),
        search=("purpose",),
        files=True,
        entry=True,
    ),
)  # fmt: skip
