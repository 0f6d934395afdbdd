"""M17 第三方督导评估: what is asked of an evaluator, its visits, and what is to be put right."""

from organizations.models import Evaluation, Rectification, SupervisionVisit
from suzhou_portal.desks.registry import Desk, Public, desks
from suzhou_portal.figures.enums import Party
from suzhou_portal.figures.registry import Column

AREA = Column("所属地区", "area")
PROJECT, PROVIDER = Column("项目", "project"), Column("承接组织", "provider")
EVALUATOR, KIND = Column("评估机构", "evaluator"), Column("类别", "kind")
GRADE, MADE = Column("等次", "grade"), Column("评估日期", "evaluated_on")
EVALUATION = Column("委托的评估", "evaluation")

desks.add(
    Desk(
        name="evaluations",
        party=Party.ORGANIZATIONS,
        model=Evaluation,
        title="第三方评估",
        lead="委托承接组织以外的机构作中期和末期评估，由区级确认结果。",
        parent="project",
        fields=("project", "kind", "evaluator", "due_on"),
        remembered=("evaluator",),
        columns=(PROJECT, KIND, EVALUATOR, Column("完成期限", "due_on"), MADE, GRADE),
        facts=(
            AREA,
            PROVIDER,
            EVALUATOR,
            KIND,
            Column("完成期限", "due_on"),
            MADE,
            GRADE,
            Column("评估意见", "summary"),
        ),
        select_related=("area", "project", "provider", "evaluator"),
        filters=("kind", "grade"),
        search=("project__name", "provider__name", "evaluator__name"),
        files=True,
        public=Public(
            title="第三方评估结果",
            lead="政府购买服务项目的评估结果：由承接组织以外的机构评估，等次为优秀、良好、合格、不合格。",
            records=lambda day: Evaluation.objects.in_state("settled").until(day, "evaluated_on"),
            columns=(PROJECT, PROVIDER, EVALUATOR, KIND, GRADE, MADE),
        ),
    ),
    Desk(
        name="supervision-visits",
        party=Party.ORGANIZATIONS,
        model=SupervisionVisit,
        title="督导走访",
        lead="评估机构到项目现场督导，当场记下情况和建议，可拍照。",
        parent="evaluation",
        fields=("evaluation", "visited_on", "place", "findings", "advice"),
        remembered=("evaluation",),
        columns=(
            Column("督导日期", "visited_on"),
            EVALUATION,
            Column("地点", "place"),
            Column("发现的情况", "findings"),
        ),
        facts=(
            EVALUATION,
            PROVIDER,
            Column("督导机构", "evaluator"),
            Column("督导日期", "visited_on"),
            Column("地点", "place"),
            Column("发现的情况", "findings"),
            Column("督导建议", "advice"),
        ),
        select_related=("area", "evaluation__project", "provider", "evaluator"),
        search=("place", "findings", "evaluation__project__name"),
        files=True,
        entry=True,
    ),
    Desk(
        name="rectifications",
        party=Party.ORGANIZATIONS,
        model=Rectification,
        title="整改",
        lead="督导和评估提出的问题：限期整改，承接组织提交，评估机构复核。",
        parent="evaluation",
        fields=("evaluation", "problem", "demand", "demanded_on", "due_on"),
        columns=(
            Column("问题", "problem"),
            EVALUATION,
            Column("提出日期", "demanded_on"),
            Column("整改期限", "due_on"),
            Column("复核通过日期", "confirmed_on"),
        ),
        facts=(
            EVALUATION,
            Column("承接组织", "evaluation.provider"),
            Column("整改要求", "demand"),
            Column("提出日期", "demanded_on"),
            Column("整改期限", "due_on"),
            Column("整改情况", "result"),
            Column("提交整改日期", "reported_on"),
            Column("复核通过日期", "confirmed_on"),
        ),
        select_related=("area", "evaluation__project", "evaluation__provider"),
        search=("problem", "demand", "evaluation__project__name"),
        files=True,
        attach="rectify",
    ),
)
