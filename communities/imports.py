"""The ledger of people that districts bring with them."""

from communities.models import Person
from suzhou_portal.figures.enums import Party
from suzhou_portal.imports.registry import Ledger, ledgers

ledgers.add(
    Ledger(
        name="people",
        party=Party.WORKERS,
        model=Person,
        fields=("area", "name", "phone"),
        key=("area", "name", "phone"),
    )
)
