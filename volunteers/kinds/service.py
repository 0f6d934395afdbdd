"""Volunteers, their activities, hours and certificates."""

from suzhou_portal.accounts.roles import ENTER, KEEP, VIEW, Role, offices
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import (
    Imported,
    InAdmin,
    Kind,
    Number,
    PageLink,
    Todo,
    filled,
    kinds,
)
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Held, Public
from volunteers.models import Activity, Service, ServiceCertificate, StarLevel, Volunteer

kinds.add(Kind(
    model=Volunteer, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"reveal"}) | {Role.TEAM: ENTER | {"reveal"}},
    name="volunteers", title="志愿者",
    lead="志愿者用编号，不登记身份证号。忘记编号的，在这里按姓名查。",
    fields=("area", "name", "phone", "team", "skills", "registered_on", "left_on", "explanation"),
    carried=("area", "team", "registered_on"),
    columns=("name", Column("编号", "number"), "team", "area", "skills"),
    facts=(
        Column("编号", "number"), "phone", "team", "area", "skills", "registered_on", "left_on",
        Column("参加的培训演练", "trained"),
    ),
    search=("name", "skills", "team__name"),
    ledger=Imported(name="volunteers", key=("area", "name", "phone")),
    admin=InAdmin(
        columns=(
            "name", Column("志愿者编号", "number", "pk"), "masked_phone", "team", "registered_on",
            "left_on",
        ),
        filters=(filled("left_on"),),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Activity, party=Party.VOLUNTEERS,
    roles=offices(KEEP) | {Role.TEAM: ENTER},
    name="activities", title="志愿活动",
    lead="发布招募、报名、签到签退，时长按签到签退计算；没有签到的补录，由另一人确认。",
    fields=("area", "team", "title", "place", "held_on", "starts", "ends", "places", "content"),
    carried=("area", "team", "place", "starts", "ends", "places"),
    columns=(
        Column("活动", "title"), "team", "area", Column("时间", "when"), "places",
        Column("报名", "recruiting", rows="services"),
    ),
    facts=(
        "team", "area", Column("时间", "when"), "place", "places", Column("余额（人）", "free"),
        "content", "result",
    ),
    search=("title", "place", "team__name"),
    files=True, entry=True,
    todos=(
        Todo("to_finish", "已过期未结束的志愿活动", "change", "open", past="held_on"),
    ),
    record_pages=(
        PageLink(
            "签到签退", "activity_check_in", "change", Service,
            when=lambda activity: activity.state != "drafted",
        ),
    ),
    public=Public(
        lead="招募志愿者和已经举行的活动，能不能报名看“报名”一栏。报名请到“我的志愿服务”，或联系组织队伍。",
        records=lambda _: Activity.objects.in_state("open", "finished"),
        news="held_on", held=Held("held_on"),
        columns=(
            Column("活动", "title"), "team", "area", Column("时间", "when"),
            Column("报名", "recruiting", rows="services"),
        ),
        facts=(
            "team", "area", Column("时间", "when"), "place", "places", Column("报名", "recruiting"),
            "content", "result",
        ),
    ),
    ledger=Imported(name="activities", key=("team", "title", "held_on", "starts")),
    admin=InAdmin(
        columns=("title", "team", Column("时间", "when", "held_on"), Number("places")),
        filters=("held_on",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=Service, party=Party.VOLUNTEERS,
    roles=offices(KEEP | {"confirm"}) | {Role.TEAM: ENTER},
    name="services", title="报名和服务记录",
    lead="谁报了名，何时到岗离岗，时长是否认定。",
    parent="activity",
    fields=("activity", "volunteer"),
    columns=(
        "volunteer", Column("到岗", "began"), Column("离岗", "ended"),
        Column("时长（小时）", "hours_given"), Column("时长来源", "source"),
    ),
    facts=(
        Column("活动", "activity"), Column("活动时间", "activity.when"), Column("到岗", "began"),
        Column("离岗", "ended"), Column("时长（小时）", "hours_given"),
        Column("时长来源", "source"), "noted_by", "confirmed_by",
    ),
    search=("volunteer__name", "activity__title"),
    todos=(
        Todo("to_confirm", "补录待确认的服务时长", "confirm", "to_confirm"),
        Todo("disputed", "有异议的服务记录", "confirm", "disputed"),
    ),
    ledger=Imported(name="service-hours", named_by={"activity": "title"}, key=("activity", "volunteer")),
    admin=InAdmin(
        columns=(
            "volunteer", "activity", "held_on", "began", "ended", "minutes",
            Column("时长来源", "source"),
        ),
        filters=("held_on",), given=("minutes",),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=ServiceCertificate, party=Party.VOLUNTEERS,
    roles=offices(VIEW | {"add"}) | {Role.TEAM: VIEW, Role.DISTRICT: ENTER},
    name="service-certificates", title="志愿服务证明",
    lead="按已认定的时长出具，任何人都可以用验证码查验。出具后不能修改，有误的作废后重新出具。",
    fields=("volunteer", "from_on", "to_on"),
    columns=(
        "volunteer", "from_on", "to_on", Column("认定时长（小时）", "hours"), "issued_on",
        "revoked_on",
    ),
    facts=(
        "from_on", "to_on", Column("认定时长（小时）", "hours"), "activities",
        Column("验证码", "spaced_code"), "issued_on", "revoked_on",
    ),
    search=("volunteer__name",),
    admin=InAdmin(
        columns=(
            "volunteer", "from_on", "to_on", Column("认定时长（小时）", "hours", "minutes"),
            "issued_on", "revoked_on",
        ),
        search=("volunteer__name", "=code"), filters=(filled("revoked_on"),),
    ),
))  # fmt: skip

kinds.add(Kind(
    model=StarLevel, party=Party.VOLUNTEERS,
    roles=offices(VIEW) | {Role.DISTRICT: KEEP},
    name="star-levels", title="星级志愿者标准",
    lead="累计认定时长达到多少小时为几星，由区级确定，随时可以修改。",
    fields=("area", "stars", "hours"),
    columns=("stars", "hours", "area"),
    public=Public(
        lead="累计认定时长达到多少小时为几星。",
        records=lambda _: StarLevel.objects.order_by("area_id", "stars"),
        columns=("stars", "hours"),
    ),
    admin=InAdmin(columns=("stars", Number("hours")), search=("=hours",)),
))  # fmt: skip
