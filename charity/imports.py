"""The ledger of charity resources that districts bring with them."""

from charity.models import CharityResource
from suzhou_portal.figures.enums import Party
from suzhou_portal.imports.registry import Ledger, ledgers

ledgers.add(
    Ledger(
        name="resources",
        party=Party.CHARITY,
        model=CharityResource,
        fields=(
            "area", "name", "kind", "value", "valued_by", "quantity", "unit", "donor_public",
            "receipt_number", "received_on",
        ),
        key=("area", "name", "received_on", "value", "receipt_number"),
    )
)  # fmt: skip
