"""People who asked, on the public page, to become volunteers."""

from suzhou_portal.accounts.roles import VIEW, Role, offices
from suzhou_portal.records.kinds import InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party
from volunteers.models import VolunteerApplication

kinds.add(Kind(
    model=VolunteerApplication, party=Party.VOLUNTEERS,
    roles=offices(VIEW | {"reveal"}) | {Role.COMMUNITY: VIEW | {"confirm", "reveal", "contact"}},
    name="volunteer-applications", title="志愿者登记申请",
    lead="居民在“登记成为志愿者”页面自己填写的，由社区联系本人后确认；确认即列入志愿者名录，有了编号。",
    columns=("name", "area", "skills", "applied_on"),
    facts=(
        "name", "phone", "area", "skills", "applied_on", "decided_on",
        "volunteer",
    ),
    search=("name", "skills"),
    todos=(Todo("to_confirm", "待确认的志愿者登记申请", "confirm", "waiting"),),
    admin=InAdmin(
        columns=("name", "masked_phone", "applied_on", "decided_on"),
        kept=lambda _: True,
    ),
))  # fmt: skip
