"""Volunteers, their activities, hours and certificates."""

from suzhou_portal.desks.registry import Desk, Page, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column
from volunteers.models import Activity, Service, ServiceCertificate, StarLevel, Volunteer

AREA, TEAM = Column("所属地区", "area"), Column("组织队伍", "team")
TITLE, WHEN, PLACE = Column("活动", "title"), Column("时间", "when"), Column("地点", "place")
CONTENT, RESULT = Column("活动内容", "content"), Column("活动情况", "result")
PLACES = Column("名额（人）", "places")

desks.add(
    Desk(
        name="volunteers",
        party=Party.VOLUNTEERS,
        model=Volunteer,
        title="志愿者",
        lead="志愿者用编号，不登记身份证号。忘记编号的，在这里按姓名查。",
        fields=("area", "name", "phone", "team", "skills", "registered_on", "left_on"),
        remembered=("area", "team", "registered_on"),
        columns=(
            Column("姓名", "name"),
            Column("编号", "number"),
            Column("所属队伍", "team"),
            AREA,
            Column("服务特长", "skills"),
        ),
        facts=(
            Column("编号", "number"),
            Column("电话", "phone"),
            Column("所属队伍", "team"),
            AREA,
            Column("服务特长", "skills"),
            Column("注册日期", "registered_on"),
            Column("注销日期", "left_on"),
        ),
        select_related=("area", "team"),
        search=("name", "skills", "team__name"),
    ),
    Desk(
        name="activities",
        party=Party.VOLUNTEERS,
        model=Activity,
        title="志愿活动",
        lead="发布招募、报名、签到签退，时长按签到签退计算；没有签到的补录，由另一人确认。",
        fields=(
            "area",
            "team",
            "title",
            "place",
            "held_on",
            "starts",
            "ends",
            "places",
            "content",
        ),
        remembered=("area", "team", "place", "starts", "ends", "places"),
        columns=(TITLE, TEAM, AREA, WHEN, PLACES),
        facts=(TEAM, AREA, WHEN, PLACE, PLACES, Column("余额（人）", "free"), CONTENT, RESULT),
        select_related=("area", "team"),
        search=("title", "place", "team__name"),
        files=True,
        entry=True,
        record_pages=(
            Page(
                label="签到签退", route="activity_check_in", permission="volunteers.change_service"
            ),
        ),
        public=Public(
            title="志愿活动",
            lead="正在招募和已经举行的志愿活动。报名请到“我的志愿服务”，或联系组织队伍。",
            records=lambda day: Activity.objects.published(day),
            columns=(TITLE, TEAM, AREA, WHEN),
            facts=(TEAM, AREA, WHEN, PLACE, PLACES, Column("余额（人）", "free"), CONTENT, RESULT),
        ),
    ),
    Desk(
        name="services",
        party=Party.VOLUNTEERS,
        model=Service,
        title="报名和服务记录",
        lead="谁报了名，何时到岗离岗，时长是否认定。",
        fields=("activity", "volunteer"),
        parent="activity",
        columns=(
            Column("志愿者", "volunteer"),
            Column("到岗", "began"),
            Column("离岗", "ended"),
            Column("时长（小时）", "hours_given"),
            Column("时长来源", "source"),
        ),
        facts=(
            Column("活动", "activity"),
            Column("活动时间", "activity.when"),
            Column("到岗", "began"),
            Column("离岗", "ended"),
            Column("时长（小时）", "hours_given"),
            Column("时长来源", "source"),
            Column("补录人", "noted_by"),
            Column("确认人", "confirmed_by"),
        ),
        select_related=("area", "activity", "volunteer", "noted_by", "confirmed_by"),
        search=("volunteer__name", "activity__title"),
    ),
    Desk(
        name="service-certificates",
        party=Party.VOLUNTEERS,
        model=ServiceCertificate,
        title="志愿服务证明",
        lead="按已认定的时长出具，任何人都可以用验证码查验。出具后不能修改，有误的作废后重新出具。",
        fields=("volunteer", "from_on", "to_on"),
        columns=(
            Column("志愿者", "volunteer"),
            Column("起始日期", "from_on"),
            Column("截止日期", "to_on"),
            Column("认定时长（小时）", "hours"),
            Column("出具日期", "issued_on"),
            Column("作废日期", "revoked_on"),
        ),
        facts=(
            Column("起始日期", "from_on"),
            Column("截止日期", "to_on"),
            Column("认定时长（小时）", "hours"),
            Column("参加活动（次）", "activities"),
            Column("验证码", "spaced_code"),
            Column("出具日期", "issued_on"),
            Column("作废日期", "revoked_on"),
        ),
        select_related=("area", "volunteer"),
        search=("volunteer__name",),
        record_pages=(
            Page(
                label="下载证明（PDF）",
                route="service_certificate",
                permission="volunteers.view_servicecertificate",
            ),
        ),
    ),
    Desk(
        name="star-levels",
        party=Party.VOLUNTEERS,
        model=StarLevel,
        title="星级志愿者标准",
        lead="累计认定时长达到多少小时为几星，由区级确定，随时可以修改。",
        fields=("area", "stars", "hours"),
        columns=(Column("星级", "stars"), Column("累计时长（小时）", "hours"), AREA),
        public=Public(
            title="星级志愿者标准",
            lead="累计认定时长达到多少小时为几星。",
            records=lambda _: StarLevel.objects.order_by("area_id", "stars"),
            columns=(Column("星级", "stars"), Column("累计时长（小时）", "hours")),
        ),
    ),
)
