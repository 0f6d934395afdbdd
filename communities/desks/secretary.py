"""M5 书记破题."""

from communities.models import Criterion, SecretaryProject
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("社区", "area")
TITLE, YEAR = Column("题目", "title"), Column("年度", "year")
CRITERION = (Column("标准", "__str__"), Column("内涵", "shown_meaning"))

desks.add(
    Desk(
        name="secretary-projects",
        party=Party.COMMUNITIES,
        model=SecretaryProject,
        title="书记破题",
        lead="社区党委书记一年破一道难题：拟报、立项、评审、实施、验收。评审时四项标准逐项打分。",
        fields=(
            "area",
            "year",
            "title",
            "problem",
            "measures",
            "responsible",
            "planned_from",
            "planned_to",
        ),
        remembered=("area", "responsible"),
        columns=(
            TITLE,
            AREA,
            YEAR,
            Column("责任人", "responsible"),
            Column("计划完成", "planned_to"),
            Column("总分", "total"),
        ),
        facts=(
            AREA,
            YEAR,
            Column("责任人", "responsible"),
            Column("难题", "problem"),
            Column("破题措施", "measures"),
            Column("计划开始", "planned_from"),
            Column("计划完成", "planned_to"),
            Column("立项日期", "filed_on"),
            Column("评审得分", "scores"),
            Column("评审人", "reviewed_by"),
            Column("评审通过日期", "started_on"),
            Column("申请验收日期", "finished_on"),
            Column("成效", "result"),
            Column("验收通过日期", "accepted_on"),
        ),
        select_related=("area", "responsible", "reviewed_by"),
        search=("title", "problem", "measures"),
        files=True,
        public=Public(
            title="书记破题",
            lead="社区党委书记破解的难题：验收通过的项目，难在哪里，怎样破题，成效如何。",
            records=lambda day: SecretaryProject.objects.until(day, "accepted_on"),
            columns=(TITLE, AREA, YEAR, Column("验收通过日期", "accepted_on")),
            facts=(
                AREA,
                YEAR,
                Column("责任人", "responsible.masked_name"),
                Column("难题", "problem"),
                Column("破题措施", "measures"),
                Column("成效", "result"),
                Column("评审通过日期", "started_on"),
                Column("验收通过日期", "accepted_on"),
            ),
        ),
    ),
    Desk(
        name="secretary-criteria",
        party=Party.COMMUNITIES,
        model=Criterion,
        title="书记破题四项标准",
        lead="四项标准公开资料没有列出，内涵待区委组织部核定；核定后在这里填写，评审打分时随之显示。",
        fields=("area", "position", "title", "meaning"),
        columns=CRITERION,
        facts=(*CRITERION, Column("核定地区", "area")),
        search=("title", "meaning"),
        public=Public(
            title="书记破题四项标准",
            lead="评审书记破题项目的四项标准，每项25分。公开资料没有列出，内涵待区委组织部核定；"
            "核定后这里随之更新。",
            records=lambda _: Criterion.objects.order_by("area_id", "position"),
            columns=CRITERION,
        ),
    ),
)
