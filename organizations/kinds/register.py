"""The register of social organizations, and the catalogues of services."""

from django.conf import settings

from organizations.admin import ServiceAdmin
from organizations.models import IncubationService, ServiceItem, SocialOrganization
from suzhou_portal.accounts.roles import CHANGE, KEEP, VIEW, Role, offices
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Todo, filled, kinds
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=SocialOrganization, party=Party.ORGANIZATIONS,
    roles=offices(KEEP | {"reveal"}) | {Role.ORGANIZATION: CHANGE},
    ledger=Imported(
        name="organizations", bulk=True,
        fields=(
            "area", "name", "kind", "origin", "joined_on", "deregistered_on", "credit_code",
            "code_exception", "grade", "graded_on", "field", "contact", "phone",
        ),
        key=("area", "name"),
    ),
    admin=InAdmin(
        columns=(
            "name", "kind", "origin", "joined_on", "deregistered_on", "credit_code", "excepted",
            "grade", "masked_contact", "masked_phone",
        ),
        search=("name", "credit_code"),
        filters=("kind", "origin", "grade", filled("code_exception")),
        decided=(
            "area", "name", "kind", "origin", "joined_on", "deregistered_on", "credit_code",
            "code_exception", "grade", "graded_on", "representative",
        ),
        fieldsets=(
            (None, (
                "area", "name", "kind", "origin", "joined_on", "deregistered_on", "explanation",
            )),
            ("统一社会信用代码", ("credit_code", "code_exception")),
            ("评估等级", ("grade", "graded_on")),
            ("服务和联系方式", ("field", "areas_served", "representative", "contact", "phone")),
        ),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=IncubationService, party=Party.ORGANIZATIONS,
    roles={Role.STREET: VIEW, Role.DISTRICT: KEEP},
    admin=InAdmin(
        columns=("name", "tier", "free", "started_on", "ended_on"), search=("name",),
        filters=("tier", "free"),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ServiceItem, party=Party.ORGANIZATIONS,
    roles=offices(KEEP) | {Role.ORGANIZATION: KEEP, Role.GRID_WORKER: VIEW},
    todos=(
        Todo(
            "unverified", f"{settings.SERVICE_VERIFIED_DAYS}天以上未核实的服务项目", "change",
            lambda items, day: items.listed(day).unverified(day),
        ),
    ),
    ledger=Imported(
        name="services", bulk=True,
        fields=(
            "area", "category", "name", "summary", "audience", "place", "schedule", "fee",
            "fee_note", "how_to", "days", "what_to_bring", "contact", "phone", "provider",
            "provider_name", "published_on", "withdrawn_on", "verified_on",
        ),
        key=("area", "name", "place"),
        named_by={"provider": "name"},
    ),
    admin=InAdmin(
        columns=(
            "name", "category", "fee", "provider_name", "phone", "verified_on", "withdrawn_on",
        ),
        search=("name", "aliases", "summary", "provider_name"),
        filters=("category", "fee", filled("withdrawn_on")),
        base=ServiceAdmin,
        fieldsets=(
            (None, ("area", "category", "name", "aliases", "summary", "audience")),
            ("地点和时间", ("place", "schedule")),
            ("收费", ("fee", "fee_note")),
            ("怎样获得", ("how_to", "days", "what_to_bring", "contact", "phone")),
            ("由谁提供", ("provider", "provider_name")),
            ("发布", ("published_on", "withdrawn_on", "replaced_by", "verified_on")),
        ),
    ),
))  # fmt: skip
