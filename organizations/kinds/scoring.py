"""M17 评估标准 and 评分: by what evaluators score, and the sheets they fill in."""

from organizations.enums.supervision import THRESHOLDS
from organizations.models import EvaluationCriterion, EvaluationScore, EvaluationStandard
from suzhou_portal.accounts.roles import CHANGE, KEEP, VIEW, Role
from suzhou_portal.records.columns import Column
from suzhou_portal.records.kinds import InAdmin, Kind, Number, kinds
from suzhou_portal.records.parties import Party
from suzhou_portal.records.shown import Public

DEFAULT = EvaluationStandard(**THRESHOLDS).told
GRADES = ("excellent_from", "good_from", "pass_from")
# Standards are the district's, so in nobody else's sight; anybody reads them in public.
SEEN = {Role.DISTRICT: KEEP}

kinds.add(Kind(
    model=EvaluationStandard, party=Party.ORGANIZATIONS,
    roles=SEEN,
    name="evaluation-standards", title="评估标准",
    lead="评估按指标评分，总分折算为百分制，等次随总分；新标准从施行日期起用于新委托的评估。",
    fields=("area", "name", "started_on", *GRADES),
    columns=("name", "area", "started_on", *GRADES),
    facts=("area", "started_on", *GRADES, Column("指标分值合计", "whole")),
    search=("name",),
    public=Public(
        lead=f"政府购买服务项目评估怎样评分、怎样定等次。{DEFAULT}。",
        records=lambda day: EvaluationStandard.objects.until(day, "started_on"),
        columns=("name", "area", "started_on", *GRADES),
    ),
    admin=InAdmin(columns=("name", "started_on", *(Number(one) for one in GRADES))),
))  # fmt: skip

kinds.add(Kind(
    model=EvaluationCriterion, party=Party.ORGANIZATIONS,
    roles=SEEN,
    name="evaluation-criteria", title="评估指标",
    lead="一项标准的各项指标和分值，合计100分。",
    parent="standard",
    fields=("standard", "name", "weight"),
    columns=("name", "weight"),
    facts=("standard", "name", "weight"),
    search=("name",),
    public=Public(
        lead="评估标准的各项指标和分值。",
        records=lambda day: EvaluationCriterion.objects.filter(standard__started_on__lte=day),
        columns=("name", "weight", "standard", "standard.started_on"),
    ),
    admin=InAdmin(columns=("name", "standard", Number("weight"))),
))  # fmt: skip

kinds.add(Kind(
    model=EvaluationScore, party=Party.ORGANIZATIONS,
    roles={
        Role.ORGANIZATION: VIEW, Role.EVALUATOR: CHANGE, Role.STREET: VIEW, Role.DISTRICT: VIEW,
    },
    name="evaluation-scores", title="评分表",
    lead="每项指标的得分和扣分说明，只由评估机构填写；提交以后不能再改。",
    parent="evaluation",
    fields=("points", "remark"),
    columns=("name", "weight", "points", "remark"),
    facts=("evaluation", "name", "weight", "points", "remark"),
    search=("name", "remark"),
    admin=InAdmin(
        columns=("name", "evaluation", "weight", "points"),
        kept=lambda score: score.evaluation.state != "assigned",
    ),
))  # fmt: skip
