"""找错: what was found wrong on pages, as a to-do of whoever keeps them."""

from suzhou_portal.accounts.roles import VIEW, Role
from suzhou_portal.linkage.models import PageFault
from suzhou_portal.records.kinds import InAdmin, Kind, Todo, kinds
from suzhou_portal.records.parties import Party

_HANDLES = VIEW | {"handle", "contact"}

kinds.add(Kind(
    model=PageFault, party=Party.COMMUNITIES,
    roles={
        Role.COMMUNITY: _HANDLES, Role.STREET: _HANDLES, Role.DISTRICT: VIEW,
        Role.ADMINISTRATOR: _HANDLES,
    },
    name="page-faults", title="网页纠错",
    lead="居民和同事在网页上发现的错误。改正以后写明怎样改的；不用改的写明理由。"
    "社区、街道的网页由社区、街道处理，其余由系统管理员处理。",
    columns=("page", "area", "what", "reported_on"),
    facts=("page", "area", "what", "contact", "reported_on", "answer", "closed_on"),
    search=("page", "what"),
    todos=(Todo("to_handle", "待处理的网页纠错", "handle", "new"),),
    admin=InAdmin(columns=("reported_on", "closed_on"), dates="reported_on"),
))  # fmt: skip
