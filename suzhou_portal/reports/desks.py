"""The desk on which the forms of higher offices are kept and filled in."""

from suzhou_portal.desks.registry import Desk, Page, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from suzhou_portal.reports.models import FormCell, ReturnForm

_FACTS = (
    Column("表号", "number"),
    Column("制表机关", "issued_by"),
    Column("填报周期", "kind"),
    Column("停用日期", "ended_on"),
)

desks.add(
    Desk(
        name="return-forms",
        party=Party.COMMUNITIES,
        model=ReturnForm,
        title="一表通",
        lead="上级要的表，登记一次：哪个单元格填哪个指标。以后每期自动填好，任何街道、社区都能下载。",
        fields=("area", "title", "number", "issued_by", "kind", "ended_on"),
        remembered=("area", "issued_by", "kind"),
        columns=(Column("表名", "title"), *_FACTS[1:3]),
        facts=(*_FACTS, Column("使用地区", "area")),
        search=("title", "number", "issued_by"),
        filters=("kind",),
        files=True,
        record_pages=(
            Page(label="填好的表", route="filled_form", permission="reports.view_returnform"),
        ),
    ),
    Desk(
        name="form-cells",
        party=Party.COMMUNITIES,
        model=FormCell,
        title="单元格和指标",
        lead="每个单元格取哪个指标的哪个数。",
        parent="form",
        fields=("form", "cell", "label", "figure", "aspect", "scale"),
        remembered=("aspect", "scale"),
        columns=(
            Column("单元格", "cell"),
            Column("项目名称", "label"),
            Column("指标", "figure"),
            Column("取什么", "aspect"),
            Column("计量", "scale"),
        ),
        select_related=("area", "form"),
    ),
)
