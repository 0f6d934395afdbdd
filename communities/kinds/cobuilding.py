"""M1 契约化共建."""

from communities.models import (
    CoBuildingAgreement,
    CoBuildingNeed,
    CoBuildingProject,
    CoBuildingResource,
)
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, PageLink, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=CoBuildingAgreement, party=Party.COMMUNITIES,
    roles=offices(VIEW | {"reveal"}) | {Role.COMMUNITY: KEEP | {"handle", "reveal"}},
    name="co-building", title="契约化共建",
    lead="与驻区单位的共建协议，及协议下的需求、资源、项目三张清单。",
    fields=("area", "unit", "contact", "phone", "valid_from", "valid_to", "content"),
    carried=("area",), copied=lambda agreement: agreement.renewed(),
    columns=("unit", Column("社区", "area"), "valid_from", "valid_to", "signed_on"),
    facts=(
        "unit", Column("社区", "area"), "contact", "phone", "valid_from", "valid_to", "signed_on",
        "terminated_on", "content",
    ),
    search=("unit", "content"),
    files=True,
    todos=(
        Todo("to_sign", "草拟待签的共建协议", "handle", "draft"),
        Todo(
            "ending", "60日内到期的共建协议", "handle",
            lambda agreements, day: agreements.ending(day), by="valid_to",
        ),
    ),
    public=Public(
        title="共建协议",
        lead="社区与驻区单位签订、正在执行的共建协议。",
        records=lambda day: CoBuildingAgreement.objects.in_force(day),
        columns=("unit", Column("社区", "area"), "signed_on", "valid_from", "valid_to"),
        facts=("unit", Column("社区", "area"), "signed_on", "valid_from", "valid_to", "content"),
    ),
    ledger=Imported(name="co-building", key=("area", "unit", "valid_from")),
    admin=InAdmin(
        columns=("unit", "valid_from", "valid_to", "signed_on", "terminated_on", "masked_phone"),
        dates="valid_to",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=CoBuildingNeed, party=Party.COMMUNITIES,
    roles=offices(VIEW) | {Role.COMMUNITY: KEEP | {"handle"}},
    name="co-building-needs", title="需求清单",
    lead="社区请共建单位帮助解决的事。",
    parent="agreement",
    fields=("agreement", "title", "kind", "description", "listed_on"), carried=("kind",),
    columns=("title", "kind", "listed_on", "satisfied_on"),
    facts=(
        "title", "kind", "agreement.unit", Column("社区", "area"), "description", "listed_on",
        "satisfied_on",
    ),
    search=("title", "description"), filters=("kind",),
    todos=(Todo("to_match", "待对接的共建需求", "handle", "open"),),
    ledger=Imported(
        name="co-building-needs", named_by={"agreement": "unit"}, key=("agreement", "title", "listed_on"),
    ),
    admin=InAdmin(
        columns=("title", "kind", "agreement", "listed_on", "satisfied_on"),
        search=("title", "description", "agreement__unit"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=CoBuildingResource, party=Party.COMMUNITIES,
    roles=offices(VIEW) | {Role.COMMUNITY: KEEP | {"handle"}},
    name="co-building-resources", title="资源清单",
    lead="共建单位能够提供的场地、人员、物资和服务。",
    parent="agreement",
    fields=("agreement", "title", "kind", "quantity", "unit", "description", "listed_on"),
    carried=("kind",),
    columns=(
        "title", "kind", Column("数量", "amount"),
        Column("尚可安排", "left_text", rows="projects"), "listed_on",
    ),
    facts=(
        "title", "kind", "agreement.unit", Column("社区", "area"), Column("数量", "amount"),
        Column("尚可安排", "left_text"), "description", "listed_on", "closed_on",
    ),
    search=("title", "description"), filters=("kind",),
    record_pages=(
        PageLink(
            "安排项目", "", "add", CoBuildingProject, when=lambda resource: resource.free,
            fills="resource",
        ),
    ),
    public=Public(
        title="共建单位资源",
        lead="共建单位按协议向社区提供的资源。",
        records=lambda day: CoBuildingResource.objects.offered(day),
        columns=(
            "title", "kind", Column("数量", "amount"),
            Column("尚可安排", "left_text", rows="projects"), "agreement.unit",
            Column("社区", "area"),
        ),
    ),
    ledger=Imported(
        name="co-building-resources", named_by={"agreement": "unit"}, key=("agreement", "title", "listed_on"),
    ),
    admin=InAdmin(
        columns=(
            "title", "kind", "agreement", Number("quantity"), "unit", "listed_on", "closed_on",
        ),
        search=("title", "description", "agreement__unit"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=CoBuildingProject, party=Party.COMMUNITIES,
    roles=offices(VIEW) | {Role.COMMUNITY: KEEP | {"handle"}},
    name="co-building-projects", title="项目清单",
    lead="每个项目用一项资源解决一项需求。",
    parent="agreement",
    fields=("agreement", "name", "need", "resource", "quantity", "planned_on"),
    columns=(
        "name", Column("对应需求", "need.title"), Column("使用资源", "resource.title"),
        "started_on", "ended_on",
    ),
    facts=(
        "name", "agreement.unit", Column("社区", "area"), Column("对应需求", "need.title"),
        Column("使用资源", "resource.title"), Column("使用数量", "amount"), "planned_on",
        "started_on", "ended_on", "reached", "result",
    ),
    search=("name", "result"),
    files=True,
    public=Public(
        title="共建项目",
        lead="社区与共建单位正在实施和已经结束的项目。",
        records=lambda day: CoBuildingProject.objects.until(day, "started_on"),
        columns=(
            "name", "agreement.unit", Column("社区", "area"), Column("对应需求", "need.title"),
            Column("使用资源", "resource.title"), "started_on", "ended_on",
        ),
        facts=(
            "name", "agreement.unit", Column("社区", "area"), Column("对应需求", "need.title"),
            Column("使用资源", "resource.title"), "started_on", "ended_on", "reached", "result",
        ),
        parties={Party.COMMUNITIES: Column("社区", "part_of_community")},
    ),
    ledger=Imported(
        name="co-building-projects", named_by={"agreement": "unit"}, key=("agreement", "name"),
    ),
    admin=InAdmin(
        columns=("name", "need", "resource", Number("quantity"), "started_on", "ended_on"),
        search=("name", "result", "agreement__unit"), dates="planned_on",
    ),
))  # fmt: skip
