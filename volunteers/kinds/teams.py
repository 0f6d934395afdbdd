"""The volunteer teams."""

from suzhou_portal.accounts.roles import CHANGE, KEEP, VIEW, Role, offices
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, filled, kinds
from suzhou_portal.records.parties import Party
from volunteers.models import VolunteerTeam

kinds.add(Kind(
    model=VolunteerTeam, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal", "contact"}) | {Role.TEAM: CHANGE | {"contact"}, Role.GRID_WORKER: VIEW},
    ledger=Imported(
        name="teams", bulk=True,
        fields=(
            "area", "name", "kind", "founded_on", "dissolved_on", "members", "contact", "phone",
        ),
        key=("area", "name"),
    ),
    admin=InAdmin(
        columns=(
            "name", "kind", "founded_on", "dissolved_on", Number("members"), "masked_contact",
            "masked_phone",
        ),
        search=("name",), filters=("kind", "slot", filled("dissolved_on")),
        decided=("area", "name", "kind", "slot", "founded_on", "dissolved_on"),
    ),
))  # fmt: skip
