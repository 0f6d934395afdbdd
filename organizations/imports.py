"""The ledgers of social organizations and of their services that districts bring with them."""

from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.figures.enums import Party
from suzhou_portal.imports.registry import Ledger, ledgers

ledgers.add(
    Ledger(
        name="organizations",
        party=Party.ORGANIZATIONS,
        model=SocialOrganization,
        fields=(
            "area", "name", "kind", "origin", "joined_on", "deregistered_on", "credit_code",
            "code_exception", "grade", "graded_on", "field", "contact", "phone",
        ),
        key=("area", "name"),
    ),
    Ledger(
        name="services",
        party=Party.ORGANIZATIONS,
        model=ServiceItem,
        fields=(
            "area", "category", "name", "summary", "audience", "place", "schedule", "fee",
            "fee_note", "how_to", "what_to_bring", "contact", "phone", "provider", "provider_name",
            "published_on", "withdrawn_on", "verified_on",
        ),
        key=("area", "name", "place"),
        named_by={"provider": "name"},
    ),
)  # fmt: skip
