"""Keys of other offices' systems, which the administrator keeps in the admin."""

from suzhou_portal.accounts.roles import ENTER, Role
from suzhou_portal.linkage.admin import KeyAdmin
from suzhou_portal.linkage.models import ApiKey
from suzhou_portal.records.kinds import InAdmin, Kind, kinds
from suzhou_portal.records.parties import Party

kinds.add(Kind(
    model=ApiKey, party=Party.COMMUNITIES,
    roles={Role.ADMINISTRATOR: ENTER},
    search=("name",),
    admin=InAdmin(
        columns=("name", "valid_from", "valid_to", "revoked_on"),
        kept=lambda key: key.revoked_on is not None, base=KeyAdmin,
    ),
))  # fmt: skip
