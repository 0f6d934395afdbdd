"""M9 优化“两委”班子."""

from communities.models import CommitteeMember, CommitteeTerm
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("社区", "area")
TERM = (
    Column("届次", "__str__"),
    Column("任期开始", "started_on"),
    Column("任期届满", "ends_on"),
    Column("职数（人）", "seats"),
    Column("在任（人）", "serving"),
    Column("空缺（人）", "vacancies"),
)
MEMBER = (
    Column("姓名", "person"),
    Column("职务", "position"),
    Column("任职日期", "started_on"),
    Column("离任日期", "ended_on"),
)

desks.add(
    Desk(
        name="committee-terms",
        party=Party.WORKERS,
        model=CommitteeTerm,
        title="“两委”班子",
        lead="社区党委和居委会的届次、职数；成员在每一届下面登记，空缺自动算出。",
        fields=("area", "kind", "number", "started_on", "ends_on", "seats"),
        remembered=("kind", "number", "started_on", "seats"),
        columns=TERM,
        facts=(AREA, Column("班子", "kind"), *TERM[1:]),
        prefetch_related=("members",),
        filters=("kind",),
        search=("area__name",),
    ),
    Desk(
        name="committee-members",
        party=Party.WORKERS,
        model=CommitteeMember,
        title="班子成员",
        lead="在这一届任职的人；离任时填离任日期，不要删除。",
        parent="term",
        fields=("term", "person", "position", "started_on", "ended_on"),
        remembered=("position",),
        columns=MEMBER,
        facts=(Column("届次", "term"), AREA, *MEMBER),
        select_related=("area", "person", "term__area"),
        search=("person__name",),
        public=Public(
            title="社区“两委”成员",
            lead="各社区党委、居委会的在任成员。成员担任公职，姓名全部公开。",
            records=lambda day: CommitteeMember.objects.serving(day).order_by(
                "area_id", "term", "pk"
            ),
            columns=(
                Column("姓名", "person"),
                Column("职务", "position"),
                AREA,
                Column("班子", "term.kind"),
                Column("任职日期", "started_on"),
            ),
            facts=(
                Column("职务", "position"),
                Column("届次", "term"),
                Column("任职日期", "started_on"),
                Column("本届任期届满", "term.ends_on"),
            ),
        ),
    ),
)
