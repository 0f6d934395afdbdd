"""M2 网格精细化管理."""

from communities.models import GridBranch, GridEvent, GridPost
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")

desks.add(
    Desk(
        name="grid-events",
        party=Party.COMMUNITIES,
        model=GridEvent,
        title="网格事件",
        lead="巡查发现或居民反映的事，从上报到办结。",
        fields=("area", "kind", "title", "place", "description", "contact", "phone", "due_on"),
        remembered=("area", "kind"),
        columns=(
            Column("事由", "title"),
            Column("类别", "kind"),
            AREA,
            Column("上报日期", "reported_on"),
            Column("办结期限", "due_on"),
        ),
        facts=(
            Column("类别", "kind"),
            AREA,
            Column("地点", "place"),
            Column("情况", "description"),
            Column("反映人", "contact"),
            Column("反映人电话", "phone"),
            Column("上报日期", "reported_on"),
            Column("办结期限", "due_on"),
            Column("办结日期", "closed_on"),
            Column("处置结果", "result"),
        ),
        search=("title", "place", "description"),
        filters=("kind",),
        files=True,
        entry=True,
    ),
    Desk(
        name="grid-posts",
        party=Party.COMMUNITIES,
        model=GridPost,
        title="网格队伍",
        lead="每个网格的网格长、网格员和支部书记。",
        fields=("area", "person", "role", "started_on", "ended_on"),
        remembered=("role",),
        columns=(
            Column("网格", "area"),
            Column("岗位", "role"),
            Column("姓名", "person"),
            Column("开始日期", "started_on"),
            Column("结束日期", "ended_on"),
        ),
        select_related=("area", "person"),
        filters=("role",),
        search=("person__name",),
        public=Public(
            title="网格和网格员",
            lead="您所在网格由谁负责。有事可找网格员，或拨打社区服务电话。",
            records=lambda day: GridPost.objects.held(day),
            columns=(
                Column("网格", "area"),
                Column("岗位", "role"),
                Column("姓名", "person.masked_name"),
                Column("开始日期", "started_on"),
            ),
        ),
    ),
    Desk(
        name="grid-branches",
        party=Party.COMMUNITIES,
        model=GridBranch,
        title="网格党支部",
        lead="建在网格上的党支部。",
        fields=("area", "name", "members", "founded_on", "dissolved_on"),
        columns=(
            Column("支部名称", "name"),
            Column("网格", "area"),
            Column("党员人数（人）", "members"),
            Column("成立日期", "founded_on"),
        ),
        search=("name",),
    ),
)
