"""Targets: who sets them, what they may be, and how a figure's value stands to them."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from suzhou_portal.areas.models import Area
from suzhou_portal.figures.enums import State
from suzhou_portal.figures.kernel import Amount
from suzhou_portal.figures.models import FigureTarget
from suzhou_portal.figures.periods import Period
from suzhou_portal.figures.registry import figures
from suzhou_portal.figures.scope import Scope
from suzhou_portal.figures.targets import Aim, aims_inside, targets_for
from tests.cases import case
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import ExamRegistrationFactory
from tests.factories.figures import FigureTargetFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2023, 4, 30)
TEAMS = figures.get("volunteer_teams")


def scope(code=DISTRICT, period=None):
    area = AreaFactory(code=code)
    return Scope(area, TODAY, clock_given=True, period=period and Period.parse(period))


def target(**values):
    values.setdefault("area", AreaFactory(code=DISTRICT))
    return FigureTargetFactory(**{"period": "2023", **values})


def test_the_district_sets_a_target_and_others_read_it():
    office, street = Somebody("district", DISTRICT), Somebody("street", STREET)
    kept = {"figure": "volunteer_teams", "period": "2023", "direction": "at_least", "value": "9"}
    made = office.has_entered(
        "figure-targets", area=DISTRICT, set_by="区民政局", number="肃民发[2023]5号", **kept
    )
    assert (str(made), made.number) == ("志愿服务队伍2023年不少于9支", "肃民发〔2023〕5号")
    assert "不少于9支" in street.sees("/desk/figure-targets/")
    refused = street.enters("figure-targets", area=STREET, set_by="街道", **kept)
    assert refused.status_code == 403
    assert FigureTarget.objects.count() == 1
    # The same one again is one too many
    again = office.enters("figure-targets", area=DISTRICT, set_by="区民政局", **kept)
    assert "该地区这一指标在这一时期已经有目标" in again.text


def test_a_target_is_what_its_figure_can_come_to():
    for wrong, said in [
        ({"period": "2023-13"}, "没有这一时期"),
        ({"period": "今年"}, "没有这一时期"),
        ({"value": Decimal("9.5")}, "应为整数"),
        ({"value": Decimal(-1)}, "不能小于0"),
        ({"figure": "certified_ratio", "value": Decimal(85)}, "85%写成0.85"),
        ({"figure": "nothing_of_this_name"}, "不是"),
    ]:
        made = target(period="2022")
        for name, value in wrong.items():
            setattr(made, name, value)
        with case(wrong), pytest.raises(ValidationError) as refused:
            made.full_clean()
        assert said in str(refused.value)
        FigureTarget.objects.all().delete()


def test_the_database_holds_one_target_a_period():
    first = target()
    with pytest.raises(IntegrityError), transaction.atomic():
        target()
    for broken in ({"period": "2023-Q5"}, {"value": -1}):
        with case(broken), pytest.raises(IntegrityError), transaction.atomic():
            FigureTarget.objects.filter(pk=first.pk).update(**broken)


@pytest.mark.parametrize(
    ("direction", "value", "state", "over", "met", "said"),
    [
        ("at_least", 9, "known", False, True, "达到"),
        ("at_least", 7, "known", False, False, "还差2支"),
        ("at_least", 7, "known", True, False, "未达到，差2支"),
        ("at_least", 0, "known", True, False, "未达到，差9支"),
        ("at_most", 9, "known", False, True, "没有超过"),
        ("at_most", 12, "known", False, False, "超过3支"),
        ("at_least", None, "unknown", False, None, "数值未知，无法比较"),
        ("at_least", None, "not_reported", True, None, "数值未报，无法比较"),
        ("at_most", None, "withheld", True, None, "数值不足5人，不公布，无法比较"),
    ],
)
def test_how_a_value_stands_to_a_target(direction, value, state, over, met, said):
    wanted = FigureTarget(
        figure="volunteer_teams", period="2023", value=Decimal(9), direction=direction
    )
    amount = Amount(None if value is None else Decimal(value), State(state))
    aim = Aim(wanted, TEAMS, amount, over)
    assert (aim.met, aim.standing) == (met, said)


def test_the_target_of_the_shortest_running_period_counts_and_one_query_finds_it(
    django_assert_num_queries,
):
    target(value=30)
    target(period="2023-Q2", value=20)
    target(period="2023-Q1", value=10)
    target(period="2022", value=5)
    there = scope()
    for asked, wanted in [
        (None, 20), ("2023", 30), ("2023-Q1", 10), ("2022", 5), ("2022-Q1", None)
    ]:  # fmt: skip
        found = targets_for([TEAMS], scope(period=asked))
        with case(asked):
            assert (
                found.get(TEAMS.key) is None
                if wanted is None
                else (found[TEAMS.key].value == wanted)
            )
    assert not targets_for([figures.get("organizations")], there)
    here = there.opened([TEAMS], inside=True)
    here.value(TEAMS)
    with django_assert_num_queries(1):
        targets_for([TEAMS], there, here)


def test_the_shortest_counts_also_where_several_end_on_one_day(reference):
    for number, period in enumerate(("2023-12", "2023", "2023-Q4")):
        target(period=period, value=number + 1)
    december = replace(scope(), clock=datetime.date(2023, 12, 5))
    assert targets_for([TEAMS], december)[TEAMS.key].value == 1


def test_of_a_flow_what_happened_in_the_period_counts(reference):
    """Not what it looks back on from the day."""
    there, key = scope(), "exam_takers"
    ExamRegistrationFactory(year=2022, exam_on="2022-06-18")
    ExamRegistrationFactory(year=2023, exam_on="2023-03-18")
    target(figure=key, value=2)
    aim = targets_for([figures.get(key)], there)[key]
    assert (aim.amount.value, aim.met) == (1, False)


def test_of_a_running_flow_less_is_no_shortfall_yet(reference):
    """More may happen until the period is over; what is over, a limit and a stock are judged as they stand."""
    for figure, direction, over, short in [
        ("exam_takers", "at_least", False, False),
        ("exam_takers", "at_least", True, True),
        ("exam_takers", "at_most", False, True),
        ("volunteer_teams", "at_least", False, True),
    ]:
        wanted = FigureTarget(figure=figure, period="2023", value=5, direction=direction)
        value = Amount(Decimal(9 if direction == "at_most" else 1), State.KNOWN)
        aim = Aim(wanted, figures.get(figure), value, over)
        with case(figure, direction, over):
            assert (aim.short, "aim-missed" in aim.html) == (short, short)


def test_flows_of_any_number_of_places_are_read_at_once(reference):
    key, codes = "exam_takers", ("620902004", "620902005", "620902006")
    for code in codes:
        ExamRegistrationFactory(area=AreaFactory(code=code), year=2023, exam_on="2023-03-18")
    there = scope()
    chosen = [figures.get(key)]

    def read():
        here = there.opened(chosen, inside=True)
        here.value(chosen[0])
        with CaptureQueriesContext(connection) as asked:
            found = aims_inside(chosen, there, here)
        assert {aim.amount.value for aim in found} == {1}
        return len(asked)

    target(area=Area.objects.get(pk=codes[0]), figure=key, value=2)
    one = read()
    for code in codes[1:]:
        target(area=Area.objects.get(pk=code), figure=key, value=2)
    assert read() == one


def test_areas_inside_have_their_own(reference):
    VolunteerTeamFactory(area=Area.objects.get(pk=COMMUNITY))
    target(area=AreaFactory(code=STREET), value=3)
    there = scope()
    here = there.opened([TEAMS], inside=True)
    assert not targets_for([TEAMS], there, here)
    [aim] = aims_inside([TEAMS], there, here)
    assert (aim.target.area_id, aim.amount.value, aim.missing) == (STREET, 1, 2)
