"""Two people at once: one team checked in twice, one declaration activated twice; and what no form sees."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests.committed import both
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.volunteering import (
    CheckInFactory,
    EmergencyFactory,
    MusterFactory,
    MusterTaskFactory,
    TrainingAttendanceFactory,
)
from tests.factories.volunteers import VolunteerTeamFactory
from tests.journeys import Somebody
from tests.rules import assert_refused
from volunteers.models import CheckIn, Emergency, Muster


def test_of_two_who_check_a_team_in_at_once_one_wins(committed):
    team, muster = VolunteerTeamFactory(), MusterFactory()
    clerks = [Somebody("community", COMMUNITY) for _ in range(2)]
    answers = both(
        muster,
        *[
            lambda c=clerk: c.enters("check-ins", of=muster, team=team, people=5).text
            for clerk in clerks
        ],
    )
    assert CheckIn.objects.count() == 1
    told = [answer for answer in answers if "该队伍已在这次集结签到。" in answer]
    assert len(told) == 1


def test_of_two_who_activate_at_once_one_wins(committed):
    emergency = EmergencyFactory(area=AreaFactory(code=DISTRICT))
    pair = [Somebody("district", DISTRICT) for _ in range(2)]
    answers = both(emergency, *[lambda s=one: s.takes(emergency, "activate").text for one in pair])
    assert Emergency.objects.get().state == "active"
    assert emergency.steps().count() == 1
    assert len([answer for answer in answers if "不能“启动响应”" in answer]) == 1


@pytest.mark.django_db
def test_the_database_itself_lets_nobody_check_in_twice():
    muster, team = MusterFactory(), VolunteerTeamFactory()
    first = CheckInFactory(muster=muster, team=team, name="", people=5)
    again = CheckIn(area=muster.area, muster=muster, team=team, people=3)
    assert_refused(again, "该队伍已在这次集结签到。")
    CheckInFactory(muster=muster, name="周海龙", phone="13812345678")
    for name, message in (
        ("周海龙", "此人已在这次集结签到。"),
        ("周某", "这个电话已在这次集结签到。"),
    ):
        again = CheckIn(area=muster.area, muster=muster, name=name, phone="13812345678")
        assert_refused(again, message)
    # at another muster the same team is another matter
    CheckInFactory(muster=MusterFactory(), team=team, name="", people=first.people)


@pytest.mark.django_db
def test_one_open_declaration_of_a_kind_and_one_muster_a_place():
    emergency = EmergencyFactory()
    second = Emergency(
        area=emergency.area, kind=emergency.kind, title="又一个", ordered_by="区", measures="无",
        expected_until=emergency.expected_until, standby_on=emergency.standby_on,
    )  # fmt: skip
    assert_refused(second, "该地区这类事件已在待命或急时，请在原来那一条上调整。")
    muster = MusterFactory()
    same = Muster(emergency=muster.emergency, area=muster.area, place=muster.place)
    assert_refused(same, "这次行动在该地区的这个地点已有集结。")


@pytest.mark.django_db
def test_the_database_keeps_what_was_declared():
    emergency = EmergencyFactory(state="active", started_on="2022-06-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.filter(pk=emergency.pk).update(is_drill=True)


@pytest.mark.django_db
def test_a_late_check_in_is_refused_by_the_record_itself():
    muster = MusterFactory(state="cancelled")
    with pytest.raises(ValidationError, match="不能增加或修改签到"):
        CheckIn(area=muster.area, muster=muster, name="某人").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize("make", [CheckInFactory, MusterTaskFactory, TrainingAttendanceFactory])
def test_a_team_that_is_no_more_comes_to_nothing_new_and_keeps_what_it_did(make):
    private = {"name": ""} if make is CheckInFactory else {}
    kept = make(team=VolunteerTeamFactory(), **private)
    kept.team.dissolved_on = kept.team.founded_on
    kept.team.save()
    kept.full_clean()
    kept._state.adding = True
    with pytest.raises(ValidationError, match="这支队伍已解散"):
        kept.clean()
