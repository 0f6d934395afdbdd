"""Returns of past quarters at every stage, what they kept, and corrections of it."""

import datetime
from collections.abc import Iterable

from seeds.demo.world import World
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.lifecycle.models import Step
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.reporting import duties
from suzhou_portal.reporting.enums import ReturnState
from suzhou_portal.reporting.models import Correction, Return, Snapshot
from suzhou_portal.reporting.workflow import snapshots_of

NOTE = "没有数值的指标，本单位本期没有发生或由上级统一登记。"
SENT_BACK = "请核对志愿服务队伍的解散日期后再报。"
FORMER = 9  # quarters before the last one: what a change is judged by
LATEST = (
    ReturnState.SUBMITTED,
    *(ReturnState.APPROVED,) * 4,
    ReturnState.RETURNED,
    ReturnState.DRAFTED,
)
STEPS = {step.verb: step for step in Return.lifecycle.moves}


def seed(world: World) -> str:
    """Create them; returns what was made, in Chinese."""
    last = Period.last_over(world.as_of, PeriodKind.QUARTER)
    streets, communities = _due(world.streets, last), _due(world.communities, last)
    # Each time somebody has not reported; the district waits for its streets.
    reporting = [*communities[2:], *streets, *_own(world, last)]
    former = sum(_published(world, period, reporting) for period in last.previous().back(FORMER))
    latest = dict(zip(communities[1:], _in_turn(len(communities)), strict=False))
    latest |= dict(zip(streets[:-1], reversed(_in_turn(len(streets) - 1)), strict=False))
    approved = [area for area, state in latest.items() if state == ReturnState.APPROVED]
    made = former + _published(world, last, approved)
    made += _unfinished(world, last, latest)
    year = Period.last_over(world.as_of, PeriodKind.YEAR)
    made += _published(world, year, _own(world, year))
    return f"上报{made}份、更正{_corrections(world, last.previous())}项"


def _due(areas: Iterable[Area], period: Period) -> list[Area]:
    return [area for area in areas if duties.is_due(area.code, period.kind)]


def _own(world: World, period: Period) -> list[Area]:
    return _due([world.district], period)


def _in_turn(count: int) -> list[ReturnState]:
    return [LATEST[number % len(LATEST)] for number in range(count)]


def _published(world: World, period: Period, areas: Iterable[Area]) -> int:
    """Carried through for many units at once, in the order in which the workflow does it."""
    submitted_on, approved_on = _days(world, period)
    reports = world.save(
        Return,
        [
            Return(
                area=area,
                period=str(period),
                explanation=NOTE,
                state=ReturnState.SUBMITTED,
                submitted_on=submitted_on,
            )
            for area in areas
        ],
    )
    Snapshot.objects.bulk_create(snapshots_of(reports), batch_size=1000)
    steps = [
        ("submit", ReturnState.DRAFTED, submitted_on),
        ("approve", ReturnState.SUBMITTED, approved_on),
    ]
    world.save(Step, [_step(report, *step) for report in reports for step in steps])
    Return.objects.filter(pk__in=[report.pk for report in reports]).update(
        state=ReturnState.APPROVED, approved_on=approved_on
    )
    return len(reports)


def _unfinished(world: World, period: Period, states: dict[Area, ReturnState]) -> int:
    submitted_on, reviewed_on = _days(world, period)
    reports = [
        Return(
            area=area,
            period=str(period),
            explanation="" if state == ReturnState.DRAFTED else NOTE,
            state=state,
            submitted_on=None if state == ReturnState.DRAFTED else submitted_on,
        )
        for area, state in states.items()
        if state != ReturnState.APPROVED
    ]
    steps = []
    for report in world.save(Return, reports):
        if report.submitted_on:
            steps.append(_step(report, "submit", ReturnState.DRAFTED, submitted_on))
        if report.state == ReturnState.RETURNED:
            steps.append(
                _step(report, "send_back", ReturnState.SUBMITTED, reviewed_on, note=SENT_BACK)
            )
    world.save(Step, steps)
    return len(reports)


def _days(world: World, period: Period) -> tuple[datetime.date, datetime.date]:
    """When a period is submitted, and when decided: no later than the demonstration's date."""
    return (
        min(period.last + datetime.timedelta(days=6), world.as_of),
        min(period.last + datetime.timedelta(days=15), world.as_of),
    )


def _step(
    report: Return, verb: str, before: ReturnState, day: datetime.date, note: str = ""
) -> Step:
    move = STEPS[verb]
    return Step(
        model=Return._meta.label_lower,
        object_id=report.pk,
        area=report.area,
        verb=verb,
        label=move.label,
        before=before,
        after=move.target,
        note=note,
        taken_on=day,
    )


def _corrections(world: World, period: Period) -> int:
    """One published, one still to be decided, one refused: of the widest unit that reported."""
    report = Return.objects.published().filter(period=str(period)).order_by("area_id").first()
    if report is None:
        return 0
    counted = ["volunteer_teams", "service_items", "organizations"]
    snapshots = {one.figure: one for one in report.snapshots.filter(figure__in=counted)}
    notes = [row["text"] for row in world.rows("correction_notes")]
    made = world.save(
        Correction,
        [
            Correction(
                area=report.area, report=report, snapshot=snapshots[key],
                value=snapshots[key].value + 1, note=note,
            )
            for key, note in zip(counted, notes, strict=True)
        ],
    )  # fmt: skip
    take(made[0], "approve", on=world.as_of)
    take(made[2], "reject", on=world.as_of, note="登记日期在下一季度，原数无误。")
    return len(made)
