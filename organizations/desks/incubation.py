"""M13 双孵化中心: organizations in the centre, services given to each, and the two tracks."""

from organizations.models import Incubatee, IncubationDelivery, IncubationTrack
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
ORGANIZATION, TRACK = Column("社会组织", "organization"), Column("孵化轨道", "track")
STAGES = (
    Column("入驻日期", "admitted_on"),
    Column("开始孵化日期", "incubating_on"),
    Column("孵化期满", "ends_on"),
    Column("出壳（退出）日期", "left_on"),
)
SHOWN_TRACK = (Column("轨道", "__str__"), Column("内涵", "shown_meaning"))

desks.add(
    Desk(
        name="incubatees",
        party=Party.ORGANIZATIONS,
        model=Incubatee,
        title="社会组织孵化",
        lead="社会组织申请，区级评审并定下孵化轨道；入驻、在孵，期满出壳，或者退出。",
        fields=("organization", "plan", "applied_on"),
        columns=(
            ORGANIZATION,
            AREA,
            TRACK,
            Column("申请日期", "applied_on"),
            Column("入驻日期", "admitted_on"),
            Column("孵化期满", "ends_on"),
        ),
        facts=(
            AREA,
            Column("申请日期", "applied_on"),
            Column("申请理由和发展计划", "plan"),
            TRACK,
            Column("评审意见", "findings"),
            Column("评审通过日期", "reviewed_on"),
            *STAGES,
            Column("孵化成效", "outcome"),
        ),
        select_related=("area", "organization", "track"),
        search=("organization__name", "plan"),
        files=True,
        public=Public(
            title="孵化中的社会组织",
            lead="入驻孵化中心的社会组织，现在到了哪一步，出壳的有什么成效。",
            records=lambda day: Incubatee.objects.until(day, "admitted_on"),
            columns=(ORGANIZATION, AREA, TRACK, *STAGES),
            facts=(ORGANIZATION, AREA, TRACK, *STAGES, Column("孵化成效", "outcome")),
        ),
    ),
    Desk(
        name="incubation-deliveries",
        party=Party.ORGANIZATIONS,
        model=IncubationDelivery,
        title="孵化服务记录",
        lead="给每个孵化对象的基本孵化服务和拓展服务，哪天做了什么。",
        parent="incubatee",
        fields=("incubatee", "service", "delivered_on", "content"),
        remembered=("incubatee", "service"),
        columns=(
            Column("服务日期", "delivered_on"),
            Column("孵化对象", "incubatee.organization"),
            Column("类别", "service.tier"),
            Column("服务", "service"),
            Column("服务内容", "content"),
        ),
        select_related=("area", "incubatee__organization", "service"),
        search=("content", "service__name", "incubatee__organization__name"),
        files=True,
        entry=True,
    ),
    Desk(
        name="incubation-tracks",
        party=Party.ORGANIZATIONS,
        model=IncubationTrack,
        title="孵化轨道",
        lead="“双孵化”公开资料没有解释，两条轨道的内涵待区委组织部核定；核定后在这里填写。",
        fields=("area", "position", "title", "meaning"),
        columns=SHOWN_TRACK,
        facts=(*SHOWN_TRACK, Column("核定地区", "area")),
        search=("title", "meaning"),
        public=Public(
            title="双孵化中心",
            lead="孵化中心的两条轨道。公开资料没有解释“双孵化”，内涵待区委组织部核定；核定后这里随之更新。",
            records=lambda _: IncubationTrack.objects.order_by("area_id", "position"),
            columns=SHOWN_TRACK,
        ),
    ),
)
