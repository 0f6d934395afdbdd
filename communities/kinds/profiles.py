"""What a resident wants to know of a community."""

from communities.models import CommunityProfile
from suzhou_portal.accounts.roles import KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, Number, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

kinds.add(Kind(
    model=CommunityProfile, party=Party.COMMUNITIES,
    roles=offices(KEEP) | {Role.GRID_WORKER: VIEW},
    name="profiles", title="社区概况",
    lead="居民要找的地址、电话和办公时间，以及社区规模。",
    fields=("area", "address", "phone", "office_hours", "population", "households"),
    columns=(
        Column("社区", "area"), "address", "phone", "office_hours", "population", "households",
    ),
    search=("address",),
    public=Public(
        lead="各社区在哪里、怎样联系、什么时间办公。",
        records=lambda _: CommunityProfile.objects.all(),
        columns=(Column("社区", "area"), "address", "phone", "office_hours"),
        facts=(
            Column("社区", "area"), "address", "phone", "office_hours", "population", "households",
        ),
    ),
    ledger=Imported(name="profiles", key=("area",)),
    admin=InAdmin(
        columns=(
            "__str__", "address", "phone", "office_hours", Number("population"),
            Number("households"),
        ),
    ),
))  # fmt: skip
