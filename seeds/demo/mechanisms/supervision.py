"""Evaluations of purchased projects by third parties, with visits and what was to be put right."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from organizations.enums.base import Origin
from organizations.enums.supervision import EvaluationGrade, EvaluationKind
from organizations.models import (
    Evaluation,
    EvaluationCriterion,
    EvaluationScore,
    EvaluationStandard,
    PurchasedProject,
    Rectification,
    SocialOrganization,
    SupervisionVisit,
)
from organizations.models.scoring import begin_sheet
from organizations.third_parties import refusal
from seeds.demo.world import World
from suzhou_portal.lifecycle.moves import take

GRADES = (
    (EvaluationGrade.EXCELLENT,) * 5 + (EvaluationGrade.GOOD,) * 9 + (EvaluationGrade.PASS,) * 4
)
PERCENT = {
    EvaluationGrade.EXCELLENT: 94,
    EvaluationGrade.GOOD: 84,
    EvaluationGrade.PASS: 68,
    EvaluationGrade.FAIL: 52,
}
CRITERIA = (
    ("需求调查和方案", 15),
    ("服务过程和专业方法", 30),
    ("服务成效", 25),
    ("服务对象满意度", 15),
    ("资金使用和档案", 15),
)
SUMMARY = "查阅资料、走访服务对象后作出评估（演示）。"
FINDINGS = (
    ("服务档案齐全，活动签到与照片相符。", "继续做好服务对象需求的定期评估。"),
    ("随机电话回访五名服务对象，均表示满意。", ""),
    ("个案记录有两份没有填写跟进计划。", "统一个案记录格式，每月自查一次。"),
    ("活动场地安全，志愿者到岗。", "增加对行动不便老人的上门服务。"),
)
PROBLEMS = (
    ("个案服务记录不完整", "补齐服务对象的需求评估和跟进记录，报评估机构复核。"),
    ("项目资金没有单独列账", "按合同约定单独核算，提交支出明细。"),
    ("服务人次未达到中期指标", "调整活动安排，补足服务人次并提交签到资料。"),
)
# Places among those that are not over.
FAILING, UNCONFIRMED, PUT_RIGHT_NOW = 0, 1, 3
PUT_RIGHT = "已逐项整改，资料一并提交（演示）。"


@dataclass(frozen=True)
class Contract:
    """What is agreed: with whom, for how much (元), from when to when."""

    provider: SocialOrganization
    amount: Decimal
    signed_on: datetime.date
    starts_on: datetime.date
    ends_on: datetime.date

    def is_over(self, day: datetime.date) -> bool:
        """Whether everything that follows the last day has been done too."""
        return self.ends_on + datetime.timedelta(days=60) < day


def standard(world: World) -> None:
    """The district's own standard, by which all of them are scored."""
    [made] = world.save(
        EvaluationStandard,
        [
            EvaluationStandard(
                area=world.district,
                name="政府购买服务项目评估标准（演示）",
                started_on=world.months_ago(60),
            )
        ],
    )
    world.save(
        EvaluationCriterion,
        [
            EvaluationCriterion(area=world.district, standard=made, name=name, weight=weight)
            for name, weight in CRITERIA
        ],
    )


def evaluators() -> list[SocialOrganization]:
    """The third parties of the demonstration: on record, neither introduced nor incubated."""
    return list(SocialOrganization.objects.filter(origin=Origin.OTHER).order_by("pk"))


def third_party(
    world: World, among: list[SocialOrganization], project: PurchasedProject
) -> SocialOrganization:
    """One of them that nothing joins to the project's provider."""
    return world.rng.choice([one for one in among if not refusal(one, project, world.as_of)])


def midterm(
    world: World,
    project: PurchasedProject,
    contract: Contract,
    evaluator: SocialOrganization,
    number: int,
    running: int | None,
) -> datetime.date | None:
    """The evaluation half way; returns the day on which its result was confirmed.

    `running` is the project's place among those that are not over.
    """
    middle = contract.starts_on + (contract.ends_on - contract.starts_on) / 2
    day = world.day_between(min(middle, world.months_ago(1)), min(contract.ends_on, world.as_of))
    failing = running == FAILING
    grade = EvaluationGrade.FAIL if failing else world.rng.choice(GRADES)
    evaluation = _made(world, project, evaluator, EvaluationKind.MIDTERM, day, grade)
    if running in (FAILING, PUT_RIGHT_NOW) or (running is None and number % 4 == 1):
        _rectify(world, evaluation, number, day, running)
    if running == UNCONFIRMED:
        return None
    settled_on = min(day + datetime.timedelta(days=5), world.as_of)
    take(evaluation, "settle", on=settled_on)
    return settled_on


def final(
    world: World, project: PurchasedProject, contract: Contract, evaluator: SocialOrganization
) -> datetime.date:
    """The evaluation at the end, confirmed; returns its day."""
    day = contract.ends_on + datetime.timedelta(days=world.rng.randint(5, 30))
    grade = world.rng.choice(GRADES)
    take(_made(world, project, evaluator, EvaluationKind.FINAL, day, grade), "settle", on=day)
    return day


def asked(world: World) -> None:
    """One that is still to be made, of the project that ends last."""
    running = PurchasedProject.objects.in_state("midterm").order_by("-ends_on", "pk").first()
    first = running.evaluations.first() if running else None
    if running and first:
        _asked(world, running, first.evaluator, EvaluationKind.FINAL, running.ends_on)


def _asked(
    world: World,
    project: PurchasedProject,
    evaluator: SocialOrganization,
    kind: EvaluationKind,
    due_on: datetime.date | None,
) -> Evaluation:
    evaluation = Evaluation(
        area=project.area,
        project=project,
        provider=project.provider,
        evaluator=evaluator,
        kind=kind,
        due_on=due_on,
    )
    evaluation.take_standard()
    world.save(Evaluation, [evaluation])
    world.save(EvaluationScore, begin_sheet(evaluation))
    return evaluation


def _made(
    world: World,
    project: PurchasedProject,
    evaluator: SocialOrganization,
    kind: EvaluationKind,
    day: datetime.date,
    grade: EvaluationGrade,
) -> Evaluation:
    evaluation = _asked(world, project, evaluator, kind, day + datetime.timedelta(days=10))
    findings = world.rng.sample(FINDINGS, world.rng.randint(1, 2))
    world.save(
        SupervisionVisit,
        [
            SupervisionVisit(
                area=project.area,
                evaluation=evaluation,
                provider=project.provider,
                evaluator=evaluator,
                visited_on=day - datetime.timedelta(days=7 * (1 + place)),
                place="项目服务点",
                findings=found,
                advice=advice,
            )
            for place, (found, advice) in enumerate(findings)
        ],
    )
    return take(_scored(evaluation, PERCENT[grade]), "submit", on=day, summary=SUMMARY)


def _scored(evaluation: Evaluation, percent: int) -> Evaluation:
    """Every criterion gets so much of its points, which is what its grade takes."""
    for score in evaluation.scores.all():
        score.points = (score.weight * Decimal(percent) / 100).quantize(Decimal("0.1"))
        score.remark = "" if score.points == score.weight else "按记录扣分（演示）。"
        score.save()
    return evaluation


def _rectify(
    world: World, evaluation: Evaluation, number: int, day: datetime.date, running: int | None
) -> None:
    problem, demand = PROBLEMS[number % len(PROBLEMS)]
    due_on = world.workday_after(day, 15)
    [rectification] = world.save(
        Rectification,
        [
            Rectification(
                area=evaluation.area,
                evaluation=evaluation,
                problem=problem,
                demand=demand,
                demanded_on=day,
                due_on=due_on,
            )
        ],
    )
    reported = min(day + datetime.timedelta(days=14), world.as_of)
    if running is None:
        take(rectification, "report", on=reported, result=PUT_RIGHT)
        take(rectification, "confirm", on=reported)
    elif running == PUT_RIGHT_NOW:
        take(rectification, "report", on=reported, result=PUT_RIGHT)
