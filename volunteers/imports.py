"""The ledgers of volunteers that districts bring with them."""

from suzhou_portal.figures.enums import Party
from suzhou_portal.imports.registry import Ledger, ledgers
from volunteers.models import VolunteerTeam

ledgers.add(
    Ledger(
        name="teams",
        party=Party.VOLUNTEERS,
        model=VolunteerTeam,
        fields=(
            "area", "name", "kind", "founded_on", "dissolved_on", "members", "contact", "phone",
        ),
        key=("area", "name"),
    )
)  # fmt: skip
