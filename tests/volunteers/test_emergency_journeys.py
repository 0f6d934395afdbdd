"""M19, M22: the district switches to 急时 and back; communities muster, work and stand down."""

import datetime

import pytest
from django.utils import timezone

from suzhou_portal.figures import door
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.volunteering import (
    CheckInFactory,
    EmergencyFactory,
    MusterFactory,
    MusterTaskFactory,
    in_force,
)
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody, queries
from tests.rules import assert_rule
from volunteers.models import CheckIn, Emergency

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
NEIGHBOUR = "620902005001"  # a community of another street
OTHER_STREET = "620902005"


def order(**changed):
    """What the district fills in."""
    today = timezone.localdate()
    return {
        "area": STREET, "kind": "natural", "title": "强降雨防汛", "ordered_by": "区应急指挥部",
        "level": "3", "measures": "低洼处住户转移到党群服务中心", "expected_until": today + 2 * ONE,
        **changed,
    }  # fmt: skip


@pytest.fixture
def district(db):
    """Who declares."""
    AreaFactory(code=COMMUNITY)
    AreaFactory(code=NEIGHBOUR)
    return Somebody("district", DISTRICT)


@pytest.fixture
def clerk(district):
    """The clerk of the community in which people muster."""
    return Somebody("community", COMMUNITY)


def test_the_district_switches_to_emergency_and_back(district, clerk, client, reference):
    # Given a declaration that stands by: no page says anything yet
    emergency = district.has_entered("emergencies", **order())
    assert emergency.state == "standby"
    assert "强降雨防汛" not in client.get("/").text
    # When it is activated
    district.has_taken(emergency, "activate")
    # Then every page of its area, of what lies around and in it, says so: public, desk and admin
    around = ("/", f"/areas/{STREET}/", f"/areas/{COMMUNITY}/", f"/services/?area={COMMUNITY}")
    for path in around:
        assert "Ⅲ级（黄色）响应" in client.get(path).text, path
    for path in ("/desk/", "/admin/"):
        assert "Ⅲ级（黄色）响应" in clerk.sees(path), path
    # but no page of another street, and no desk of whoever works there
    elsewhere = Somebody("community", NEIGHBOUR)
    assert "黄色" not in client.get(f"/areas/{NEIGHBOUR}/").text
    assert "黄色" not in elsewhere.sees("/desk/")
    # And anybody reads what to do
    assert "低洼处住户" in client.get(f"/open/emergencies/{emergency.pk}/").text
    # When the level is raised, it shows at once
    today = timezone.localdate()
    district.has_taken(emergency, "adjust", level="2", expected_until=today + ONE, note="雨势加强")
    assert "Ⅱ级（橙色）响应" in client.get("/").text
    # When the district restores 平时, no page says anything any more, and it is reviewed
    district.has_taken(emergency, "restore")
    for path in around:
        assert "橙色" not in client.get(path).text, path
    assert "橙色" not in clerk.sees("/desk/")
    assert "待复盘的响应" in district.sees("/desk/")
    assert "review" in district.takes(emergency, "review").context["form"].errors
    district.has_taken(emergency, "review", review="沙袋储备不足")


def test_a_standby_that_was_not_needed_is_called_off(district):
    emergency = district.has_entered("emergencies", **order())
    assert "note" in district.takes(emergency, "call_off").context["form"].errors
    district.has_taken(emergency, "call_off", note="雨停了")
    assert not Emergency.objects.declared().exists()


def test_only_the_district_declares(district):
    emergency = EmergencyFactory(area=AreaFactory(code=STREET))
    for role, area in (("community", COMMUNITY), ("street", STREET)):
        somebody = Somebody(role, area)
        assert somebody.client.get("/desk/emergencies/new/").status_code == 403
        assert somebody.enters("emergencies", **order()).status_code == 403
        assert somebody.client.get("/admin/volunteers/emergency/add/").status_code == 403
        for verb in ("activate", "call_off"):
            assert somebody.takes(emergency, verb).status_code == 403
    emergency.refresh_from_db()
    assert emergency.state == "standby"


def test_what_was_declared_is_changed_by_adjusting_only(district):
    emergency = district.has_entered("emergencies", **order())
    district.has_taken(emergency, "activate")
    assert district.corrects(emergency, is_drill=True).status_code == 404
    assert district.client.post(
        f"/admin/volunteers/emergency/{emergency.pk}/change/", {"is_drill": "on"}
    ).status_code == 403  # fmt: skip


def test_a_second_declaration_of_the_same_kind_is_refused(district):
    district.has_entered("emergencies", **order())
    assert "已在待命或急时" in district.enters("emergencies", **order()).text
    # while a drill of the same kind is another matter
    district.has_entered("emergencies", is_drill="on", **order())


def test_teams_are_called_to_a_place_and_check_in_once(district, clerk):
    # Given an emergency of the street, and a team of the community with an account
    emergency = district.has_entered("emergencies", **order())
    place = {"area": COMMUNITY, "place": "广场"}
    assert "不在急时状态" in clerk.enters("musters", of=emergency, **place).text
    district.has_taken(emergency, "activate")
    team = VolunteerTeamFactory(name="应急一队")
    member = Somebody("team", COMMUNITY, {"team": team})
    # When the community calls the team to a place
    muster = clerk.has_entered("musters", of=emergency, teams=[team], **place)
    assert "先办理“通知集结”" in clerk.enters("check-ins", of=muster, team=team).text
    clerk.has_taken(muster, "call", leader="孙指挥", phone="13812340000")
    assert "还没有人签到" in clerk.takes(muster, "begin").text
    whom = f"/emergencies/{emergency.pk}/mobilization/"
    assert "未到" in clerk.sees(whom)
    # and the team checks in itself, which is at hand in its form
    form = member.client.get(f"/desk/check-ins/new/?of={muster.pk}").context["form"]
    assert form["team"].value() == team.pk
    member.has_entered("check-ins", of=muster, people=8)
    # Then nobody counts it twice, and a person without a team comes as well
    assert "该队伍已在这次集结签到。" in member.enters("check-ins", of=muster, people=8).text
    person = {"team": "", "name": "周海龙", "phone": "13812345678"}
    clerk.has_entered("check-ins", of=muster, **person)
    assert "此人已在这次集结签到。" in clerk.enters("check-ins", of=muster, **person).text
    assert "请选择队伍" in clerk.enters("check-ins", of=muster, team="").text
    assert "周海龙" in clerk.sees(f"/desk/musters/{muster.pk}/")
    assert "周海龙" not in member.sees(f"/desk/musters/{muster.pk}/")
    assert "已到" in clerk.sees(whom)
    clerk.has_taken(muster, "begin")


def test_a_team_does_what_it_is_told_and_everybody_stands_down_before_the_review(district, clerk):
    # Given a muster on duty, to which a team came
    emergency = in_force(AreaFactory(code=STREET))
    team = VolunteerTeamFactory()
    member = Somebody("team", COMMUNITY, {"team": team})
    muster = MusterFactory(emergency=emergency, teams=[team], state="on_duty")
    # When it is told what to do, it does it and says so; it does not change what it was told
    task = clerk.has_entered("muster-tasks", of=muster, title="装填沙袋", team=team)
    assert "还有1项任务" in clerk.takes(muster, "stand_down", summary="完成").text
    assert member.client.get(f"/desk/muster-tasks/{task.pk}/edit/").status_code == 403
    member.has_taken(task, "start")
    member.has_taken(task, "finish", result="装填200袋")
    # Then the area is restored at once, but not reviewed before everybody is back
    district.has_taken(emergency, "restore")
    assert "还有1处集结没有撤收" in district.takes(emergency, "review", review="好").text
    clerk.has_taken(muster, "stand_down", summary="清点无误")
    assert "不能增加或修改签到" in clerk.enters("check-ins", of=muster, name="来晚了").text
    assert "不能再交办" in clerk.enters("muster-tasks", of=muster, title="清扫").text
    district.has_taken(emergency, "review", review="响应及时")


def test_a_muster_to_which_somebody_came_is_not_cancelled(clerk):
    muster = MusterFactory()
    CheckInFactory(muster=muster)
    assert "已有人签到" in clerk.takes(muster, "cancel", note="改期").text
    clerk.has_taken(MusterFactory(), "cancel", note="改地点")


def test_a_muster_lies_in_the_area_of_its_emergency(district):
    emergency = in_force(AreaFactory(code=STREET))
    refused = district.enters("musters", of=emergency, area=NEIGHBOUR, place="广场")
    assert "范围内" in "".join(refused.context["form"].errors["area"])


def test_a_drill_counts_apart_and_says_that_it_is_one(district, client, reference):
    day = timezone.localdate()
    real, drill = in_force(AreaFactory(code=STREET)), in_force(AreaFactory(), is_drill=True)
    for emergency, people in ((real, 1), (drill, 7)):
        muster = MusterFactory(emergency=emergency)
        team = VolunteerTeamFactory()
        CheckInFactory(muster=muster, team=team, name="", people=people)
    values = {
        key: door.value(key, DISTRICT, day).value
        for key in ("emergency_responses", "emergency_drills", "mustered_people", "drilled_people")
    }
    assert values == {
        "emergency_responses": 1, "emergency_drills": 1, "mustered_people": 1, "drilled_people": 7,
    }  # fmt: skip
    page = client.get("/").text
    assert "这是演练，不是真实事件。" in page
    assert page.index("急时：") < page.index("演练：")


def test_the_banner_costs_one_query_for_any_number(district, client, reference):
    client.get("/")  # what Django keeps after its first request
    before = queries(client, "/")
    for kind in ("natural", "accident", "health", "security"):
        for area in (STREET, OTHER_STREET, DISTRICT):
            in_force(AreaFactory(code=area), kind=kind)
    assert queries(client, "/") == before
    assert client.get("/").text.count("emergency-banner") == 12


def test_whom_to_mobilize_costs_the_same_for_any_number(district):
    emergency = in_force(AreaFactory(code=STREET))
    VolunteerTeamFactory()
    path = f"/emergencies/{emergency.pk}/mobilization/"
    district.sees(path)
    before = queries(district.client, path)
    for number in range(10, 20):
        VolunteerTeamFactory(area=AreaFactory(code=f"{STREET}{number:03d}"))
    assert queries(district.client, path) == before


STARTED = {"state": "active", "started_on": DAY}
ENDED = {**STARTED, "state": "restored", "ended_on": DAY}


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (EmergencyFactory, {"state": "lost"}, "没有这一状态。"),
        (EmergencyFactory, {"expected_until": DAY - ONE}, "预计结束不能早于待命日期。"),
        (EmergencyFactory, STARTED | {"started_on": DAY - ONE}, "启动日期不能早于待命日期。"),
        (EmergencyFactory, ENDED | {"ended_on": DAY - ONE}, "恢复日期不能早于启动日期。"),
        (EmergencyFactory, ENDED | {"state": "reviewed", "reviewed_on": DAY - ONE, "review": "好"},
         "复盘日期不能早于恢复日期。"),
        (EmergencyFactory, {"state": "active"}, "启动、恢复、复盘日期和复盘内容须与状态相符。"),
        (EmergencyFactory, ENDED | {"state": "reviewed", "reviewed_on": DAY},
         "启动、恢复、复盘日期和复盘内容须与状态相符。"),
        (EmergencyFactory, {"area_id": f"{COMMUNITY}001"},
         "平急转换的范围是区、街道或社区：请选择相应级别的地区。"),
        (MusterFactory, {"state": "lost"}, "没有这一状态。"),
        (MusterFactory, {"state": "stood_down"}, "撤收须有撤收日期和撤收情况。"),
        (CheckInFactory, {"people": 0}, "人数至少为1。"),
        (CheckInFactory, {"people": 2}, "随队伍签到不填个人姓名、电话；个人签到只计1人。"),
        (MusterTaskFactory, {"state": "lost"}, "没有这一状态。"),
        (MusterTaskFactory, {"state": "done"}, "完成须有完成日期和完成情况。"),
        (MusterTaskFactory, {"state": "done", "result": "好", "done_on": DAY - ONE},
         "完成日期不能早于交办日期。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    AreaFactory(code=f"{COMMUNITY}001")
    assert_rule(factory, broken, message)


def test_a_stranger_neither_sees_nor_musters(district):
    emergency = in_force(AreaFactory(code=STREET))
    muster = MusterFactory(emergency=emergency)
    check_in = CheckInFactory(muster=muster)
    stranger = Somebody("community", NEIGHBOUR)
    for path in (f"/emergencies/{emergency.pk}/mobilization/", f"/desk/emergencies/{emergency.pk}/",
                 f"/desk/musters/{muster.pk}/", f"/desk/check-ins/{check_in.pk}/"):  # fmt: skip
        assert stranger.client.get(path).status_code == 404, path
    assert stranger.enters("check-ins", of=muster, name="某人").status_code == 404
    other = Somebody("team", COMMUNITY, {"team": VolunteerTeamFactory()})
    assert other.client.get(f"/desk/musters/{muster.pk}/").status_code == 404
    assert other.client.get(f"/emergencies/{emergency.pk}/mobilization/").status_code == 403
    assert CheckIn.objects.count() == 1
