"""M7 议事协调: announced, held, decided, carried out."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities.models import DeliberationMeeting
from suzhou_portal import formats
from suzhou_portal.calendars.models import SpecialDay
from suzhou_portal.figures.registry import figures
from tests.factories.areas import COMMUNITY, STREET
from tests.factories.consultation import (
    DeliberationMeetingFactory,
    MeetingTaskFactory,
)
from tests.figures.begins.consultation import held, resolved
from tests.journeys import Somebody
from tests.rules import again, assert_refused, forget

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
MEETING = {
    "kind": "residents", "topic": "小区停车", "place": "社区会议室", "starts": "19:00", "ends": "21:00",
}  # fmt: skip
HELD = {"began": "19:10", "ended": "20:40"}


@pytest.fixture
def clerk():
    """The clerk of the community."""
    return Somebody("community", COMMUNITY)


def errors(response, field):
    return "".join(response.context["form"].errors.get(field, []))


def assert_rule_says(make, broken, message):
    """As `assert_rule`, by a part of the message."""
    valid = make()
    record = again(valid, **broken)
    forget(valid)
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert_refused(record, next(said for said in caught.value.messages if message in said))


def announced(clerk, **values):
    """A meeting the clerk has entered and announced early enough."""
    day = timezone.localdate()
    meeting = clerk.has_entered("meetings", planned_on=day - ONE, **{**MEETING, **values})
    return clerk.has_taken(meeting, "announce", taken_on=day - 5 * ONE)


def test_residents_decide_and_what_they_decided_is_carried_out(clerk, client):
    # Given a meeting that was announced, so that anybody can read the notice
    meeting = announced(clerk)
    assert "小区停车" in client.get("/open/meetings/").text
    # When more than half come and more than half of them agree
    assert "到期待登记召开情况的会议" in clerk.sees("/desk/")
    yesterday = timezone.localdate() - ONE
    clerk.has_taken(
        meeting,
        "hold",
        taken_on=yesterday,
        entitled=40,
        attended=21,
        attendees="王一\n李二",
        **HELD,
    )
    votes = {"agreed": 11, "against": 6, "abstained": 4}
    clerk.has_taken(meeting, "resolve", taken_on=yesterday, resolution="划定停车位。", **votes)
    # Then the resolution is public, the names are not
    page = client.get(f"/open/meetings/{meeting.pk}/").text
    assert "划定停车位。" in page
    assert "王一" not in page
    # When it is carried out, there is first a list of what is to do, and nothing of it is left
    assert "请先列出落实任务" in clerk.takes(meeting, "perform").text
    task = clerk.has_entered("meeting-tasks", of=meeting, what="划线", who="物业公司")
    assert task.area_id == COMMUNITY
    clerk.has_taken(meeting, "perform")
    assert "还有1项落实任务没有完成" in clerk.takes(meeting, "finish", outcome="已划线").text
    clerk.corrects(task, done_on=timezone.localdate(), result="已划线42个")
    clerk.has_taken(meeting, "finish", outcome="划线42个车位，张贴公示。")
    # Then the figure counts it
    figure = client.get("/figures/resolution_completion/", {"area": COMMUNITY})
    assert figure.context["card"].computed.value == 1


@pytest.mark.parametrize(
    ("kind", "counts", "field", "message"),
    [
        ("residents", {"entitled": 40, "attended": 41}, "attended", "不能多于应到"),
        ("residents", {"entitled": 40, "attended": 20}, "attended", "过半数出席"),
        ("representatives", {"entitled": 40, "attended": 20}, "attended", "过半数出席"),
        ("residents", {"entitled": 40, "attended": ""}, "attended", "必填"),
        ("group", {"entitled": 4, "attended": 1, "attendees": "甲\n乙"}, "attendees", "多于实到"),
    ],
)
def test_who_came_is_counted(clerk, kind, counts, field, message):
    meeting = announced(clerk, kind=kind)
    refused = clerk.takes(meeting, "hold", taken_on=timezone.localdate() - ONE, **HELD, **counts)
    assert message in errors(refused, field)
    meeting.refresh_from_db()
    assert meeting.state == "announced"


@pytest.mark.parametrize(
    ("verb", "votes", "message"),
    [
        ("resolve", {"agreed": 5, "against": 2, "abstained": 2}, "须等于实到人数"),
        ("resolve", {"agreed": 4, "against": 2, "abstained": 2}, "办理“未通过”"),
        ("not_pass", {"agreed": 5, "against": 2, "abstained": 1}, "办理“形成决议”"),
    ],
)
def test_votes_are_counted(clerk, verb, votes, message):
    meeting = held(DAY)
    more = {"resolution": "划定停车位。"} if verb == "resolve" else {}
    assert message in errors(clerk.takes(meeting, verb, **votes, **more), "agreed")


def test_what_did_not_pass_or_did_not_take_place(clerk):
    meeting = held(DAY)
    clerk.has_taken(meeting, "not_pass", agreed=4, against=4, abstained=0)
    assert clerk.offered(meeting) == set()
    late = announced(clerk)
    clerk.has_taken(late, "postpone", note="下大雪")
    assert late.announced_on is None
    clerk.has_taken(late, "cancel", note="议题已由物业解决")


def test_what_was_announced_stays_beside_what_took_place(clerk, client):
    # Given a meeting announced for the evening before yesterday, without a time at first
    day = timezone.localdate()
    meeting = clerk.has_entered(
        "meetings", planned_on=day - 2 * ONE, **{**MEETING, "starts": "", "ends": ""}
    )
    assert "必填" in errors(clerk.takes(meeting, "announce", taken_on=day - 6 * ONE), "starts")
    times = {"starts": "22:00", "ends": "24:00"}
    clerk.has_taken(meeting, "announce", taken_on=day - 6 * ONE, **times)
    page = f"/open/meetings/{meeting.pk}/"
    assert f"{formats.date(day - 2 * ONE)} 22:00–24:00" in client.get(page).text
    # When it is held a day later, into the night; not before the day announced, nor without an end
    counted = {"entitled": 40, "attended": 21}
    early = clerk.takes(meeting, "hold", taken_on=day - 3 * ONE, **HELD, **counted)
    assert "召开不能早于公告的日期" in early.text
    wrong = clerk.takes(
        meeting, "hold", taken_on=day - ONE, **{**HELD, "ended": "19:10"}, **counted
    )
    assert "结束时间须晚于开始时间" in errors(wrong, "ended")
    night = {"began": "22:30", "ended": "01:00"}
    clerk.has_taken(meeting, "hold", taken_on=day - ONE, **night, **counted)
    # Then both stand on the page, and the figure counts the day on which it took place
    said = client.get(page).text
    assert f"{formats.date(day - 2 * ONE)} 22:00–24:00" in said
    assert f"{formats.date(day - ONE)} 22:30–次日01:00" in said
    meetings = figures.get("deliberation_meetings").records_as_of
    assert not meetings(day - 2 * ONE).exists()
    assert meetings(day - ONE).get() == meeting


def test_a_notice_stands_for_three_days(clerk):
    day = timezone.localdate()
    meeting = clerk.has_entered("meetings", planned_on=day + 2 * ONE, **MEETING)
    assert "公告3天以后" in errors(clerk.takes(meeting, "announce"), "planned_on")
    clerk.has_taken(meeting, "announce", planned_on=day + 3 * ONE)


def test_tasks_are_due_in_working_days_and_follow_a_resolution(clerk):
    SpecialDay.objects.create(date="2022-06-03", name="端午节")
    assert MeetingTaskFactory(due_on=None).due_on == datetime.date(2022, 6, 16)
    refused = clerk.enters("meeting-tasks", of=held(DAY), what="划线", who="物业公司")
    said = errors(refused, "__all__")
    assert "不能增加或修改落实任务" in said
    assert "先办理“形成决议”" in said


@pytest.mark.parametrize(
    ("make", "broken", "message"),
    [
        (DeliberationMeetingFactory, {"state": "lost"}, "没有这一状态。"),
        (DeliberationMeetingFactory, {"area_id": STREET}, "议事协商会议属于社区或网格"),
        (DeliberationMeetingFactory, {"state": "announced"}, "会议须先公告。"),
        (
            DeliberationMeetingFactory,
            {"attended": 1, "entitled": 1},
            "召开的会议须有召开日期、应到和实到人数",
        ),
        (lambda: held(DAY), {"announced_on": DAY - 2 * ONE}, "召开日期须在公告3天以后。"),
        (lambda: held(DAY), {"planned_on": DAY + ONE}, "召开不能早于公告的日期"),
        (lambda: held(DAY), {"attended": 11}, "实到人数不能多于应到人数。"),
        (lambda: held(DAY), {"attended": 5}, "居民会议须有应到人数的过半数出席"),
        (lambda: held(DAY), {"agreed": 8, "against": 0, "abstained": 0}, "表决后须有同意"),
        (lambda: held(DAY), {"state": "not_passed"}, "表决后须有同意、反对和弃权人数"),
        (lambda: resolved(DAY), {"against": 1}, "同意、反对、弃权人数之和须等于实到人数。"),
        (lambda: resolved(DAY), {"agreed": 4, "against": 4}, "决议须由出席人的过半数通过"),
        (
            lambda: resolved(DAY),
            {"state": "not_passed", "resolution": "", "resolved_on": None},
            "同意已过出席人的半数",
        ),
        (lambda: resolved(DAY), {"resolution": ""}, "形成决议须有决议内容和日期。"),
        (lambda: resolved(DAY), {"resolved_on": DAY - 2 * ONE}, "决议日期不能早于召开日期。"),
        (lambda: resolved(DAY), {"done_on": DAY}, "落实完成须有落实情况和日期。"),
        (
            lambda: resolved(DAY),
            {"state": "done", "outcome": "已划线", "done_on": DAY - ONE},
            "落实日期不能早于决议日期。",
        ),
    ],
)
def test_rules_of_meetings(make, broken, message):
    assert_rule_says(make, broken, message)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"due_on": DAY - ONE}, "完成期限不能早于交办日期。"),
        ({"done_on": DAY - ONE, "result": "已划线"}, "完成日期不能早于交办日期。"),
        ({"done_on": DAY}, "填写完成日期的，须写明完成情况。"),
    ],
)
def test_rules_of_tasks(broken, message):
    task = MeetingTaskFactory()
    assert_refused(again(task, **broken), message)


def test_a_meeting_is_not_carried_on_elsewhere(clerk):
    meeting = announced(clerk)
    stranger = Somebody("community", "620902004005")
    assert stranger.client.post(f"/desk/meetings/{meeting.pk}/hold/").status_code == 404
    assert DeliberationMeeting.objects.get().state == "announced"
