"""点单—派单—接单—评单: requests, who can serve them, and the rules of the district."""

from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.linkage.enums.requests import OURS, Channel, RequestState
from suzhou_portal.linkage.models import RequestRules, ServiceCapacity, ServiceRequest
from suzhou_portal.linkage.models.providers import PUBLISHED
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import Imported, InAdmin, Kind, PageLink, Todo, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

_S = RequestState
_OFFICE = ENTER | {"dispatch", "handle", "confirm", "reveal"}
_DAYS = (
    f"派单{PUBLISHED.dispatch_days}、接单{PUBLISHED.accept_days}、服务{PUBLISHED.serve_days}、"
    f"等待评价{PUBLISHED.rate_days}、回访{PUBLISHED.follow_up_days}个工作日，不抢单"
)


def _undispatched(request: ServiceRequest) -> bool:
    return request.state in (_S.TO_DISPATCH, _S.ESCALATED, _S.UNMET)


kinds.add(Kind(
    model=ServiceRequest, party=Party.COMMUNITIES,
    roles={
        Role.COMMUNITY: _OFFICE | {"contact"},
        Role.STREET: _OFFICE | {"direct"}, Role.DISTRICT: _OFFICE | {"direct"},
        Role.TEAM: VIEW | {"handle", "contact"}, Role.ORGANIZATION: VIEW | {"handle", "contact"},
        Role.GRID_WORKER: VIEW | {"add", "handle", "contact"},
    },
    name="requests", title="服务请求",
    lead="居民从网上、电话、窗口提出的，以及走访、网格、议事中发现的：派单、接单、服务、评价。"
    "电话和窗口的由工作人员登记。居民信息不公开，只有接单的人在办理期间看得到。",
    fields=(
        "area", "channel", "kind", "service", "content", "wished_on", "wished_at", "name", "phone",
        "address", "on_behalf", "meeting", "agreed", "asked_on",
    ),
    carried=("area", "channel"),
    columns=(
        Column("单号", "number", order="pk"), "kind", "area", "channel", Column("承接", "provider"),
        "asked_on", "due_on",
    ),
    facts=(
        Column("单号", "number"), "kind", "area", "channel", "service", "meeting", "content",
        "wished_on", "wished_at", "name", "phone", "address", "on_behalf", "asked_on",
        Column("承接", "provider"), "due_on", "promised_on", "appointed_on", "appointed_at",
        "started_on", "result", Column("服务时间", "hours"), "people", "done_on",
        Column("评价", "rated"), "comment", "rated_on", "follow_up", "unmet_on", "closed_on",
    ),
    search=("content",), filters=("kind", "channel"),
    joins=("organization", "team"),
    files=True, attach="handle", entry=True,
    todos=(
        Todo("to_admit", "待审核的服务请求", "dispatch", "submitted"),
        Todo("to_dispatch", "待派单的服务请求", "dispatch", "to_dispatch"),
        Todo("escalated", "上报街道待处理的服务请求", "direct", "escalated"),
        Todo("to_accept", "待接单的服务请求", "handle", "dispatched"),
        Todo("to_serve", "已接单待完成的服务请求", "handle", ("accepted", "in_service")),
        Todo("to_rate", "待评价的服务请求", "confirm", "done"),
        Todo("to_follow_up", "待回访的服务请求", "confirm", "follow_up"),
        Todo("overdue", "超期的服务请求", "view", OURS, past="due_on"),
    ),
    record_pages=(
        PageLink("派给谁：建议", "request_suggestions", "dispatch", when=_undispatched),
        PageLink(
            "打印回执", "request_receipt", "dispatch", when=lambda one: one.channel != Channel.ONLINE
        ),
    ),
    ledger=Imported(name="requests", key=("area", "asked_on", "content")),
    admin=InAdmin(
        columns=("kind", "channel", "asked_on", "due_on", "closed_on", "masked_phone"),
        dates="asked_on",
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ServiceCapacity, party=Party.COMMUNITIES,
    roles=offices(KEEP) | {Role.TEAM: ENTER, Role.ORGANIZATION: ENTER},
    name="capacities", title="承接能力",
    lead="社会组织和志愿队伍说明能承接哪一类请求、在哪里、每月多少件；派单时按这些给出建议。",
    fields=("area", "organization", "team", "kind", "monthly", "days", "since", "until"),
    carried=("area", "organization", "team"),
    columns=(Column("承接", "provider"), "kind", "area", "monthly", "days", "since", "until"),
    search=("organization__name", "team__name"), filters=("kind",),
    joins=("organization", "team"),
    ledger=Imported(name="capacities", key=("area", "organization", "team", "kind")),
    admin=InAdmin(columns=("organization", "team", "kind", "monthly", "since", "until")),
))  # fmt: skip

kinds.add(Kind(
    model=RequestRules, party=Party.COMMUNITIES,
    roles={Role.DISTRICT: KEEP},
    name="request-rules", title="服务请求办理规则",
    lead=f"由区级确定，调整时新增一条，旧的保留。没有确定的：{_DAYS}。",
    fields=(
        "area", "effective_from", "dispatch_days", "accept_days", "serve_days", "rate_days",
        "follow_up_days", "claims", "basis",
    ),
    carried=("area",),
    columns=(
        "area", "effective_from", "dispatch_days", "accept_days", "serve_days", "rate_days",
        "follow_up_days", "claims", "basis",
    ),
    public=Public(
        title="服务请求办理时限",
        lead=f"服务请求每一步按这些时限办理，按执行日期先后。没有确定的：{_DAYS}。",
        records=lambda day: RequestRules.objects.until(day, "effective_from").order_by(
            "-effective_from"
        ),
        columns=(
            "area", "effective_from", "dispatch_days", "accept_days", "serve_days", "rate_days",
            "follow_up_days", "claims",
        ),
    ),
    admin=InAdmin(columns=("effective_from", "dispatch_days", "serve_days", "claims", "basis")),
))  # fmt: skip
