"""M23: who of a team came to a training: the number follows from the rows, where there are any."""

import datetime

import pytest

from suzhou_portal.figures import door
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.service import VolunteerFactory
from tests.factories.volunteering import TeamTrainingFactory, TrainingAttendanceFactory
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody, queries
from tests.rules import assert_database_refuses, assert_refused
from volunteers.models import TrainingAttendance, TrainingPresence

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 2)


@pytest.fixture
def clerk(db, time_machine):
    time_machine.move_to("2022-06-02 09:00:00+08:00")
    return Somebody("community", COMMUNITY)


@pytest.fixture
def team(db):
    """One with four volunteers, two of one name."""
    team = VolunteerTeamFactory(area=AreaFactory(code=COMMUNITY), name="应急一队")
    for name, phone in (
        ("周大海", "13800000001"), ("吴小娟", "13800000002"), ("郑海", "13800000003"),
        ("郑海", "13800000004"),
    ):  # fmt: skip
        VolunteerFactory(area=team.area, team=team, name=name, phone=phone)
    return team


@pytest.fixture
def training(team):
    return TeamTrainingFactory(area=team.area, title="急救培训", planned_on=DAY, hours=2)


def sheet(training, team):
    return f"/team-trainings/{training.pk}/turnout/?team={team.pk}"


def of(team, name, number=0):
    return team.volunteers.filter(name=name).order_by("pk")[number]


def counted():
    return door.value("trained_volunteers", COMMUNITY, DAY).value


def test_who_came_is_chosen_one_by_one_and_the_number_follows(clerk, team, training):
    assert "登记每人到场" in clerk.sees(f"/desk/team-trainings/{training.pk}/")
    assert "应急一队" in clerk.sees(f"/team-trainings/{training.pk}/turnout/")
    big, small = of(team, "周大海"), of(team, "吴小娟")
    sent = {f"v{big.pk}": "present", f"v{small.pk}": "excused"}
    clerk.client.post(sheet(training, team), sent)
    clerk.client.post(sheet(training, team), sent)  # the same again changes nothing
    assert TrainingPresence.objects.count() == 2
    assert TrainingAttendance.objects.get().people == 1
    clerk.client.post(sheet(training, team), sent | {f"v{of(team, '郑海').pk}": "present"})
    assert TrainingAttendance.objects.get().people == 2
    page = clerk.has_taken(training, "hold", summary="完成")
    shown = clerk.sees(f"/desk/team-trainings/{page.pk}/")
    assert "逐人登记3人" in shown
    assert "请假" in shown
    assert "登记每人到场</a>" not in shown
    assert counted() == 2
    # What was held stays, on the page and in the database
    assert clerk.client.post(sheet(training, team), sent).status_code == 404
    assert TrainingPresence.objects.filter(presence="present").count() == 2
    # A volunteer's record shows what they came to, and only that
    assert "2022年6月2日急救培训（2小时）" in clerk.sees(f"/desk/volunteers/{big.pk}/")
    assert "急救培训" not in clerk.sees(f"/desk/volunteers/{small.pk}/")


def test_a_list_is_read_by_name_and_phone(clerk, team, training):
    refused = clerk.client.post(
        sheet(training, team), {"listed": "姓名\t电话\n周大海\n郑海\n李某\n1 吴小娟 13900000000"}
    )
    for problem in (
        "第3行：有几位“郑海”，请加电话。", "第4行：“李某”不在这支队伍的名册中。",
        "第5行：“1 吴小娟 13900000000”不在",
    ):  # fmt: skip
        assert problem in refused.text
    assert not TrainingPresence.objects.exists()
    right = "序号\t姓名\t电话\n1\t周大海\t138 0000 0001\n2，吴小娟，请假\n3 郑海 0004"
    assert clerk.client.post(sheet(training, team), {"listed": right}).status_code == 302
    rows = dict(TrainingPresence.objects.values_list("volunteer__phone", "presence"))
    assert rows == {
        "13800000001": "present", "13800000002": "excused", "13800000004": "present"
    }  # fmt: skip
    assert TrainingAttendance.objects.get().people == 2


def test_a_number_without_names_is_only_a_total(clerk, team, training):
    attendance = TrainingAttendanceFactory(area=team.area, training=training, team=team, people=9)
    assert "只有总数" in clerk.sees(f"/desk/team-trainings/{training.pk}/")
    # Once it is noted who came, that counts, whoever writes another number
    clerk.client.post(sheet(training, team), {"listed": "周大海"})
    attendance.refresh_from_db()
    assert attendance.people == 1
    assert "到场1人" in clerk.corrects(attendance, people=9).text
    TrainingAttendance.objects.update(people=9)
    assert TrainingAttendance.objects.get().people == 1
    # and with nobody there the team is not
    TrainingPresence.objects.update(presence="absent")
    assert not TrainingAttendance.objects.exists()
    assert "先登记到场" in clerk.takes(training, "hold", summary="无人").text


def test_only_the_teams_own_volunteers_are_on_its_list(clerk, team, training):
    other = VolunteerFactory(area=team.area, team=VolunteerTeamFactory(area=team.area), name="外人")
    refused = clerk.enters(
        "training-presences", of=training, team=team, volunteer=other, presence="present"
    )
    assert "不是这支队伍的队员" in refused.text
    made = clerk.has_entered(
        "training-presences",
        of=training,
        team=team,
        volunteer=of(team, "周大海"),
        presence="present",
    )
    again = TrainingPresence(training=training, team=team, volunteer=made.volunteer, area=team.area)
    assert_refused(again, "这位志愿者已在名单上。")
    rows = TrainingPresence.objects.filter(pk=made.pk)
    assert_database_refuses(lambda: rows.update(presence="asleep"))


def test_who_may_not_notes_nobody(clerk, team, training):
    member = Somebody("team", COMMUNITY, {"team": team})
    stranger = Somebody("community", "620902004005")
    assert stranger.client.get(sheet(training, team)).status_code == 404
    for somebody in (member, stranger):
        answer = somebody.client.post(sheet(training, team), {"listed": "周大海"})
        assert answer.status_code in (403, 404)
    assert not TrainingPresence.objects.exists()
    # A team reads its own rows
    clerk.client.post(sheet(training, team), {"listed": "周大海"})
    assert "周大海" in member.sees("/desk/training-presences/")
    others = Somebody("team", COMMUNITY, {"team": VolunteerTeamFactory(area=team.area)})
    assert "周大海" not in others.sees("/desk/training-presences/")


def test_the_page_costs_the_same_for_any_number(clerk, team, training):
    path = sheet(training, team)
    clerk.sees(path)
    before = queries(clerk.client, path)
    for number in range(5, 9):
        VolunteerFactory(area=team.area, team=team, phone=f"1380000001{number}")
    assert queries(clerk.client, path) == before
