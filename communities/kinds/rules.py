"""M7: mechanisms with their written rules, and emergency plans."""

from communities.models import EmergencyContact, EmergencyPlan, Mechanism, RuleVersion
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=Mechanism, party=Party.COMMUNITIES,
    roles=offices(KEEP),
    name="mechanisms", title="治理机制和制度",
    lead="应急响应、矛盾化解、议事协调三项机制，各有一版施行中的制度。",
    fields=("area", "kind", "established_on", "ended_on", "rule_title", "summary"),
    columns=("kind", "area", "rule_title", "established_on"),
    facts=("kind", "area", "rule_title", "summary", "established_on", "ended_on"),
    search=("rule_title", "summary"), filters=("kind",),
    ledger=Imported(name="mechanisms", key=("area", "kind", "established_on")),
    admin=InAdmin(columns=("kind", "rule_title", "established_on", "ended_on")),
))  # fmt: skip

kinds.add(Kind(
    model=RuleVersion, party=Party.COMMUNITIES,
    roles=offices(KEEP | {"decide"}) | {Role.DISTRICT: VIEW},
    name="rules", title="机制制度",
    lead="每项机制的制度逐版留存：起草、公示、施行、废止。",
    parent="mechanism",
    fields=("mechanism", "title", "text"), begun=lambda mechanism: mechanism.text_in_force(),
    columns=("title", "number", "published_on", "in_force_from", "repealed_on"),
    facts=(
        "mechanism.kind", "area", "number", "published_on", "adopted_on", "in_force_from",
        "repealed_on", "text",
    ),
    search=("title", "text"),
    files=True, files_are_content=True,
    todos=(Todo("public", "公示中待施行的制度", "decide", "public"),),
    public=Public(
        lead="应急响应、矛盾化解、议事协调依据的制度：正在公示、施行和已经废止的各版。",
        records=lambda day: RuleVersion.objects.until(day, "published_on"),
        news="published_on",
        columns=("title", "mechanism.kind", "area", "number", "in_force_from", "repealed_on"),
        facts=(
            "mechanism.kind", "number", "published_on", "adopted_on", "in_force_from",
            "repealed_on", "text",
        ),
        files=True,
    ),
    admin=InAdmin(
        columns=("title", "mechanism", "number", "published_on", "in_force_from", "repealed_on"),
        search=("title",), filters=("mechanism__kind",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=EmergencyPlan, party=Party.COMMUNITIES,
    roles={Role.COMMUNITY: KEEP, Role.STREET: KEEP | {"review"}, Role.DISTRICT: VIEW | {"review"}},
    name="emergency-plans", title="应急预案",
    lead="社区编制，街道审核，每年评估一次；修订产生新的一版。",
    fields=("area", "kind", "level", "assembly_place", "shelter", "measures"), carried=("area",),
    columns=(Column("预案", "__str__"), "area", "assembly_place", "effective_on", "assessed_on"),
    facts=(
        "kind", "level", "area", "assembly_place", "shelter", "measures", "effective_on",
        "assessed_on", "assessment", "repealed_on",
    ),
    search=("measures", "assembly_place", "shelter"), filters=("kind", "level"),
    files=True, files_are_content=True,
    todos=(
        Todo("to_review", "待审核的应急预案", "review", "in_review"),
        Todo(
            "to_assess", "满一年待评估的应急预案", "change",
            lambda plans, day: plans.assessment_due(day),
        ),
    ),
    public=Public(
        lead="遇到突发事件时社区怎么做、到哪里集合、到哪里避险。",
        records=lambda day: EmergencyPlan.objects.in_effect(day),
        columns=(Column("预案", "__str__"), "area", "assembly_place", "shelter", "effective_on"),
        facts=("kind", "level", "assembly_place", "shelter", "measures", "effective_on"),
    ),
    admin=InAdmin(
        columns=("__str__", "kind", "level", "effective_on", "assessed_on", "repealed_on"),
        search=("assembly_place", "measures"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=EmergencyContact, party=Party.COMMUNITIES,
    roles=offices(KEEP | {"reveal", "contact"}) | {Role.DISTRICT: VIEW | {"reveal", "contact"}},
    name="emergency-contacts", title="联络岗位",
    lead="预案中各岗位由谁负责；换人后随时修改。",
    parent="plan",
    fields=("plan", "duty", "name", "phone"),
    columns=("duty", "name", "phone"),
    search=("duty",),
    admin=InAdmin(columns=("duty", "masked_name", "masked_phone", "plan")),
))  # fmt: skip
