"""M24 慈善+ and M25 基金会对接, with what the law wants disclosed."""

import datetime

from charity.models import (
    CharityProject,
    DisclosureDuty,
    Foundation,
    Partnership,
    PartnershipTalk,
)
from charity.models.records import WARNED_DAYS
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

TWO_WEEKS = datetime.timedelta(days=14)
WARNED = datetime.timedelta(days=WARNED_DAYS)
CAME = (
    Column("带来的资源", "resources_text", rows="resources"),
    Column("带来的项目", "projects_text", rows="projects"),
)
NAMED = (Column("资源明细", "resources_named"), Column("项目明细", "projects_named"))

kinds.add(Kind(
    model=Foundation, party=Party.CHARITY,
    roles=offices(VIEW) | {Role.DISTRICT: KEEP},
    name="foundations", title="基金会",
    lead="与本区洽谈或合作的基金会；登记以后，在“基金会合作”中选择。",
    fields=("area", "name"), carried=("area",),
    columns=("name", "area"), facts=("name", "area", Column("合作", "partnerships_text")),
    search=("name",),
    admin=InAdmin(columns=("name",)),
))  # fmt: skip

kinds.add(Kind(
    model=CharityProject, party=Party.CHARITY,
    roles=offices(KEEP),
    name="charity-projects", title="慈善项目",
    lead="慈善+党建、金融、教育、救助：拟定、实施、结项；下面是按慈善法应当公开的内容和期限。",
    fields=(
        "area", "name", "mode", "field", "amount", "partnership", "emergency", "planned_to",
        "summary",
    ),
    carried=("area", "mode", "field"),
    columns=("name", "area", "mode", "field", "started_on"),
    facts=(
        "area", "mode", "field", "amount", "partnership", "started_on", "planned_to", "ended_on",
        "summary", "result",
    ),
    search=("name", "summary"), filters=("mode", "field"),
    files=True,
    todos=(
        Todo("unfinished", "超过计划结束日期没有结项的慈善项目", "change", "running", past="planned_to"),
    ),
    ledger=Imported(
        name="charity-projects", named_by={"partnership": "foundation__name"}, key=("area", "name")),
    admin=InAdmin(
        columns=("name", "mode", "field", Number("amount", 2), "started_on", "ended_on"),
        filters=("mode", "field", "emergency"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=DisclosureDuty, party=Party.CHARITY,
    roles=offices(VIEW | {"disclose", "waive"}) | {Role.COMMUNITY: VIEW | {"disclose"}},
    name="disclosures", title="慈善信息公开",
    lead="项目超过六个月的至少每三个月公开一次，结束后三个月内全面公开；应急募捐至少每五日一次。各次期限由项目日期自动列出，结项不免除已到期的；确实不再需要的，由上级写明理由。",
    parent="project",
    fields=("project", "kind", "due_on"),
    columns=(Column("项目", "project"), "kind", "due_on", "disclosed_on"),
    facts=("kind", "due_on", "disclosed_on", Column("是否逾期", "late"), "report"),
    search=("project__name",),
    files=True, attach="disclose",
    todos=(
        Todo("overdue", "逾期未公开的慈善信息", "disclose", "due", past="due_on"),
        Todo(
            "coming", "两周内应公开的慈善信息", "disclose",
            lambda ones, day: ones.open().filter(due_on__range=(day, day + TWO_WEEKS)),
        ),
    ),
    public=Public(
        lead="慈善项目按慈善法公开的实施情况、募得款物使用情况。",
        records=lambda day: DisclosureDuty.objects.until(day, "disclosed_on"),
        columns=(Column("项目", "project"), "area", "kind", "disclosed_on"),
        facts=("kind", "area", "due_on", "disclosed_on", "report"),
        files=True, news="disclosed_on",
    ),
    admin=InAdmin(
        columns=("project", "kind", "due_on", "disclosed_on"), filters=("kind",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Partnership, party=Party.CHARITY,
    roles=offices(KEEP),
    name="partnerships", title="基金会合作",
    lead="与基金会洽谈、签约、续签、结束；一项合作带来多少资源和项目，随记录自动汇总。",
    fields=("area", "foundation", "long_term", "summary"), carried=("area",),
    columns=("foundation", "area", "started_on", "valid_to", *CAME),
    facts=(
        "area", "long_term", "summary", "started_on", "valid_to", "ended_on", *CAME, *NAMED,
        "outcome",
    ),
    search=("foundation__name", "summary"),
    files=True,
    todos=(
        Todo(
            "ending", "即将到期的基金会合作", "change",
            lambda ones, day: ones.in_state("agreed").until(day + WARNED, "valid_to"),
            by="valid_to",
        ),
    ),
    public=Public(
        lead="与基金会的合作，和每项合作带来的资源、项目。",
        records=lambda day: Partnership.objects.until(day, "started_on"),
        columns=("foundation", "area", "started_on", *CAME),
        facts=("area", "summary", "started_on", "ended_on", *CAME, *NAMED, "outcome"),
    ),
    ledger=Imported(name="partnerships", key=("area", "foundation")),
    admin=InAdmin(
        columns=("foundation", "long_term", "started_on", "valid_to", "ended_on"),
        filters=("long_term",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=PartnershipTalk, party=Party.CHARITY,
    roles=offices(KEEP | {"reveal", "contact"}),
    name="partnership-talks", title="对接记录",
    lead="洽谈和合作期间，哪天、与对方的谁、谈了什么。",
    parent="partnership", while_open=True,
    fields=("talked_on", "counterpart", "position", "phone", "said"),
    columns=("talked_on", "counterpart", "position", "said"),
    facts=("partnership", "talked_on", "counterpart", "position", "phone", "said"),
    search=("said", "partnership__foundation__name"),
    files=True,
    ledger=Imported(
        name="partnership-talks", named_by={"partnership": "foundation__name"}, key=("partnership", "talked_on"),
    ),
    admin=InAdmin(
        columns=("partnership", "talked_on", "masked_counterpart", "position"), dates="talked_on",
    ),
))  # fmt: skip
