"""The desk on which the forms of higher offices are kept and filled in."""

from suzhou_portal.accounts.roles import KEEP, VIEW, Role
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import InAdmin, Kind, PageLink, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.reports.models import FormCell, ReturnForm

kinds.add(Kind(
    model=ReturnForm, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: VIEW, Role.STREET: VIEW, Role.DISTRICT: KEEP},
    name="return-forms", title="一表通",
    lead="上级要的表，登记一次：哪个单元格填哪个指标。以后每期自动填好，任何街道、社区都能下载。",
    fields=("area", "title", "number", "issued_by", "kind", "ended_on"),
    carried=("area", "issued_by", "kind"),
    columns=("title", "issued_by", "kind"),
    facts=("number", "issued_by", "kind", "ended_on", Column("使用地区", "area")),
    search=("title", "number", "issued_by"), filters=("kind",),
    files=True,
    record_pages=(PageLink("填好的表", "filled_form", "view"),),
    admin=InAdmin(columns=("title", "number", "issued_by", "kind", "ended_on")),
))  # fmt: skip

kinds.add(Kind(
    model=FormCell, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: VIEW, Role.STREET: VIEW, Role.DISTRICT: KEEP},
    name="form-cells", title="单元格和指标",
    lead="每个单元格取哪个指标的哪个数。",
    parent="form",
    fields=("form", "sheet", "cell", "label", "figure", "aspect", "scale"), carried=("sheet", "aspect", "scale"),
    columns=(Column("单元格", "address"), "label", "figure", "aspect", "scale"),
    admin=InAdmin(
        columns=("sheet", "cell", "label", "form", "figure", "aspect", "scale"),
        search=("cell", "label", "form__title"),
    ),
))  # fmt: skip
