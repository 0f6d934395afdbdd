"""M6 一核多元."""

from communities.models import GoverningBody
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("社区", "area")
NAME, KIND = Column("名称", "name"), Column("类别", "kind")
SINCE = Column("成立（加入）日期", "founded_on")

desks.add(
    Desk(
        name="governing-bodies",
        party=Party.COMMUNITIES,
        model=GoverningBody,
        title="一核多元治理主体",
        lead="社区党委为核心，各类主体共同参与；社区页面上的治理结构图由这些记录画出。",
        fields=("area", "kind", "name", "head", "head_name", "founded_on", "ended_on"),
        remembered=("area",),
        columns=(NAME, KIND, AREA, SINCE, Column("终止（退出）日期", "ended_on")),
        facts=(
            KIND,
            AREA,
            Column("负责人", "head"),
            Column("负责人姓名", "head_name"),
            SINCE,
            Column("终止（退出）日期", "ended_on"),
        ),
        select_related=("area", "head"),
        search=("name",),
        filters=("kind",),
        public=Public(
            title="一核多元治理主体",
            lead="以社区党委为核心、共同参与社区治理的各类主体。各社区的结构图见该社区页面。",
            records=lambda day: GoverningBody.objects.at_work(day),
            columns=(NAME, KIND, AREA, Column("负责人", "public_head"), SINCE),
        ),
    ),
)
