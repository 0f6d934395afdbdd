"""M18, M20, M21, M23: the system's places, cadres' days, pairing and its gaps, trainings and drills."""

import datetime

import pytest
from django.utils import timezone

from communities.models import GridEvent
from suzhou_portal.figures import door
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, STREET, AreaFactory
from tests.factories.volunteering import (
    CadreDayFactory,
    CadreFindingFactory,
    TeamTrainingFactory,
    TrainingAttendanceFactory,
)
from tests.factories.volunteers import PairingLinkFactory, SystemSlotFactory, VolunteerTeamFactory
from tests.journeys import Somebody, queries
from tests.rules import again, assert_refused, assert_rule
from volunteers.models import CadreDay, CadreFinding, TeamTraining

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
NEIGHBOUR = "620902004005"


@pytest.fixture(autouse=True)
def grid(db):
    """The grid in which things happen."""
    return AreaFactory(code=GRID, name="第一网格")


@pytest.fixture
def clerk(db):
    """The clerk of the community."""
    return Somebody("community", COMMUNITY)


def test_the_system_shows_its_places_with_teams_and_the_empty_ones(client, reference):
    # Given three places, one of them settled by the district, one with a team
    district = Somebody("district", DISTRICT)
    area = AreaFactory(code=DISTRICT)
    settled, held, _ = (SystemSlotFactory(area=area, position=n) for n in (1, 2, 3))
    district.corrects(settled, title="一支总队", meaning="统筹全区志愿服务")
    VolunteerTeamFactory(slot=held, name="防汛突击队")
    VolunteerTeamFactory(slot=held, name="已解散的队", dissolved_on=DAY)
    VolunteerTeamFactory(name="没有位置的队")
    # Then anybody sees what is known, what is empty, and what is not settled
    page = client.get("/volunteers/system/").text
    assert "统筹全区志愿服务" in page
    assert "防汛突击队" in page
    assert "已解散的队" not in page
    assert page.count("空缺：还没有队伍。") == 2
    assert page.count("内涵待区委组织部核定。") == 2
    assert "另有1支在册队伍" in page


def test_a_cadre_is_a_grid_worker_for_a_day_and_what_was_found_becomes_a_grid_event(
    client, time_machine
):
    time_machine.move_to("2022-06-01 09:00:00+08:00")
    clerk = Somebody("community", COMMUNITY)
    # Given a cadre who signed up, and a grid worker to go with
    worker = Somebody("grid_worker", GRID)
    day = clerk.has_entered(
        "cadre-days", area=GRID, kind="grid", unit="区财政局", name="周海龙",
        phone="13812345678", planned_on="2022-06-01",
    )  # fmt: skip
    assert "待安排的干部一日体验" in clerk.sees("/desk/")
    # A problem is found on the day, not before it is arranged
    problem = {"kind": "safety", "title": "楼道堆物", "place": "2号楼"}
    assert "先办理“安排”" in worker.enters("cadre-findings", of=day, **problem).text
    assert "host" in clerk.takes(day, "arrange").context["form"].errors
    clerk.has_taken(day, "arrange", host="李网格员")
    # When the grid worker notes what they found together
    finding = worker.has_entered("cadre-findings", of=day, **problem)
    # Then it is a grid event of that grid, and waits for the community as any other
    event = GridEvent.objects.get()
    assert (finding.event, event.area_id, event.title) == (event, GRID, "楼道堆物")
    assert "待派单的网格事件" in clerk.sees("/desk/")
    clerk.has_taken(event, "dispatch", handler=worker.user)
    assert "处置中" in worker.sees(f"/desk/cadre-findings/{finding.pk}/")
    # When the day is recorded, anybody reads what was done, not by whom
    worker.has_taken(day, "finish", diary="跟班巡查")
    page = client.get(f"/open/cadre-days/{day.pk}/").text
    assert "跟班巡查" in page
    assert "周" not in page.split('id="main"')[1]
    assert door.value("cadre_findings", COMMUNITY, DAY).value == 1


def test_a_day_that_did_not_come_about_says_why_and_does_not_count(clerk):
    day = CadreDayFactory()
    assert "note" in clerk.takes(day, "cancel").context["form"].errors
    clerk.has_taken(day, "cancel", note="临时出差")
    assert door.value("cadre_days", COMMUNITY, timezone.localdate()).value == 0
    same = again(day, state="signed_up")
    same.full_clean()  # and the cadre may sign up anew


def test_one_cadre_signs_up_once_a_day():
    assert_refused(again(CadreDayFactory()), "这名干部这一天已经报名。")


def test_pairing_shows_its_gaps(client, clerk, reference):
    # Given a grid without a branch in a community without any pairing
    page = client.get(f"/volunteers/pairing/?area={COMMUNITY}").text
    for gap in ("没有包联单位", "没有下沉党员", "1个网格没有党支部", "第一网格"):
        assert gap in page
    # When the community enters each tier
    for tier, area in (
        ("unit_community", COMMUNITY),
        ("member_nearby", COMMUNITY),
        ("branch_grid", GRID),
    ):
        clerk.has_entered(
            "pairings", area=area, tier=tier, party_body=f"区财政局{tier}", started_on=DAY
        )
    # Then no gap is left, and the register says who is paired with what
    page = client.get(f"/volunteers/pairing/?area={COMMUNITY}").text
    assert "无缺口" in page
    assert "区财政局branch_grid" in client.get("/open/pairings/").text
    assert door.value("paired_grids", DISTRICT, timezone.localdate()).value == 1
    # and a pairing that ended is a gap again
    clerk.corrects(clerk.has_entered("pairings", area=GRID, tier="branch_grid", party_body="某局",
                                     started_on=DAY), ended_on=DAY)  # fmt: skip
    assert "无缺口" in client.get(f"/volunteers/pairing/?area={COMMUNITY}").text


def test_gaps_cost_the_same_for_any_number(client, reference):
    client.get("/volunteers/pairing/")
    before = queries(client, "/volunteers/pairing/")
    for code in ("620902001001", "620902001002", "620902002001"):
        PairingLinkFactory(area=AreaFactory(code=f"{code}001"), tier="branch_grid")
    assert queries(client, "/volunteers/pairing/") == before


def test_a_training_is_planned_held_with_who_came_and_counted(client, time_machine):
    time_machine.move_to("2022-06-02 09:00:00+08:00")
    clerk = Somebody("community", COMMUNITY)
    # Given a planned drill
    drill = clerk.has_entered(
        "team-trainings", area=COMMUNITY, kind="drill", title="火灾疏散演练", place="广场",
        planned_on="2022-06-02", hours=1,
    )  # fmt: skip
    assert "到期未登记举办的培训演练" in clerk.sees("/desk/")
    assert "先登记到场" in clerk.takes(drill, "hold", summary="顺利").text
    # When teams came
    team = VolunteerTeamFactory(name="应急一队")
    clerk.has_entered("training-attendances", of=drill, team=team, people=9)
    refused = clerk.enters("training-attendances", of=drill, team=team, people=9)
    assert "该队伍已登记到场。" in refused.text
    assert "summary" in clerk.takes(drill, "hold").context["form"].errors
    clerk.has_taken(drill, "hold", summary="扩音设备不足")
    # Then it is public, counts as a drill and not as training, and the team sees its own
    assert "扩音设备不足" in client.get(f"/open/team-trainings/{drill.pk}/").text
    counted = {
        key: door.value(key, COMMUNITY, timezone.localdate()).value
        for key in ("team_trainings", "team_drills", "trained_volunteers")
    }
    assert counted == {"team_trainings": 0, "team_drills": 1, "trained_volunteers": 0}
    member = Somebody("team", COMMUNITY, {"team": team})
    assert "应急一队" in member.sees("/desk/training-attendances/")


def test_what_is_cancelled_nobody_comes_to(clerk):
    training = TeamTrainingFactory()
    clerk.has_taken(training, "cancel", note="改期")
    team = VolunteerTeamFactory()
    refused = clerk.enters("training-attendances", of=training, team=team, people=3)
    assert "不能增加或修改培训演练到场" in refused.text


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (CadreDayFactory, {"state": "lost"}, "没有这一状态。"),
        (CadreDayFactory, {"state": "done"}, "完成须有日期和当天情况。"),
        (CadreDayFactory, {"state": "done", "diary": "好", "done_on": DAY - ONE},
         "完成日期不能早于约定日期。"),
        (CadreDayFactory, {"kind": "grid"}, "当网格员请选择网格，在社区上班请选择社区。"),
        (TeamTrainingFactory, {"state": "lost"}, "没有这一状态。"),
        (TeamTrainingFactory, {"state": "held"}, "举办须有举办日期、情况和问题。"),
        (TeamTrainingFactory, {"hours": 0}, "时长至少1小时。"),
        (TrainingAttendanceFactory, {"people": 0}, "人数至少为1。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    assert_rule(factory, broken, message)


def test_the_database_itself_counts_a_team_once():
    assert_refused(again(TrainingAttendanceFactory()), "该队伍已登记到场。")


def test_strangers_see_and_do_nothing():
    stranger = Somebody("community", NEIGHBOUR)
    day, finding, training = CadreDayFactory(), CadreFindingFactory(), TeamTrainingFactory()
    for desk, record, verb in (
        ("cadre-days", day, "cancel"),
        ("team-trainings", training, "cancel"),
    ):
        assert stranger.client.get(f"/desk/{desk}/{record.pk}/").status_code == 404
        assert stranger.client.post(f"/desk/{desk}/{record.pk}/{verb}/").status_code == 404
    assert stranger.client.get(f"/desk/cadre-findings/{finding.pk}/").status_code == 404
    assert stranger.client.get(f"/desk/cadre-findings/new/?of={day.pk}").status_code == 404
    pairing = PairingLinkFactory()
    assert stranger.client.get(f"/desk/pairings/{pairing.pk}/edit/").status_code == 404
    assert Somebody("grid_worker", GRID).client.get("/desk/team-trainings/").status_code == 403
    assert CadreDay.objects.filter(state="cancelled").count() == 0
    assert TeamTraining.objects.get().state == "planned"
    assert CadreFinding.objects.count() == 1
    assert Somebody("street", STREET).sees(f"/desk/cadre-days/{day.pk}/")
