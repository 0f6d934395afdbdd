"""M4 and M5: a pilot from application to use; a problem from the secretary's list to its solution."""

import datetime

import pytest

from communities.models import Criterion, SecretaryProject, SmartPilot
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.governing import (
    CriterionFactory,
    DeviceFaultFactory,
    ProjectProgressFactory,
    SecretaryProjectFactory,
    SmartDeviceFactory,
    SmartPilotFactory,
)
from tests.journeys import Somebody
from tests.rules import assert_database_refuses, assert_rule

pytestmark = pytest.mark.django_db

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
PILOT = {"name": "智慧平安小区", "content": "安装智能门禁，解决无人值守"}
PROBLEM = {
    "title": "化解停车难", "problem": "车位少", "measures": "错时停车",
    "planned_from": "2022-06-01", "planned_to": "2022-11-30",
}  # fmt: skip
SCORES = {"score_1": 20, "score_2": 21, "score_3": 22, "score_4": 23}


@pytest.fixture(autouse=True)
def community(db):
    """The community in which things happen."""
    return AreaFactory(code=COMMUNITY)


def test_a_pilot_is_applied_for_built_tried_and_used(client):
    # Given the clerk of a community and the district that decides
    clerk, district = Somebody("community", COMMUNITY), Somebody("district", DISTRICT)
    # When the community applies
    pilot = clerk.has_entered("smart-pilots", **PILOT)
    # Then it waits for the district, is not public yet, and the community cannot decide itself
    assert "待评审的智慧社区试点" in district.sees("/desk/")
    assert clerk.takes(pilot, "approve").status_code == 403
    assert client.get(f"/open/smart-pilots/{pilot.pk}/").status_code == 404
    district.has_taken(pilot, "approve")
    clerk.has_taken(pilot, "build")
    # Nothing can be tried out before something is installed, and the page says so
    refused = clerk.takes(pilot, "try_out")
    assert "试运行前请先登记已经安装的设备或应用。" in refused.text
    device = clerk.has_entered("smart-devices", of=pilot, kind="access", name="门禁", quantity=8)
    assert device.area_id == COMMUNITY
    clerk.has_taken(pilot, "try_out")
    # What does not pass is built again; what passes goes into use
    district.has_taken(pilot, "rework", note="告警没有推送")
    assert pilot.trial_on is None
    clerk.has_taken(pilot, "try_out")
    assert "findings" in district.takes(pilot, "accept").context["form"].errors
    district.has_taken(pilot, "accept", findings="符合申报内容")
    clerk.has_taken(pilot, "run")
    # And anybody can read of it
    page = client.get(f"/open/smart-pilots/{pilot.pk}/").text
    assert "符合申报内容" in page
    card = client.get("/figures/working_smart_devices/", {"area": COMMUNITY}).context["card"]
    assert card.computed.value == 8


def test_the_district_may_not_approve_what_it_entered():
    district, colleague = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    pilot = district.has_entered("smart-pilots", area=COMMUNITY, **PILOT)
    assert district.takes(pilot, "approve").status_code == 403
    refused = colleague.takes(pilot, "refuse")
    assert "note" in refused.context["form"].errors
    colleague.has_taken(pilot, "refuse", note="与区级平台重复")


def test_a_device_breaks_down_is_repaired_and_keeps_its_history(client):
    clerk = Somebody("community", COMMUNITY)
    device = SmartDeviceFactory(quantity=8)
    assert "待修复的设备故障" not in clerk.sees("/desk/")
    # When it breaks down, that is a record of its own, on the pilot's page and in the figure
    day = DAY.isoformat()
    fault = clerk.has_entered("device-faults", of=device, what="刷不开", reported_on=day)
    assert fault.area_id == COMMUNITY
    assert "待修复的设备故障" in clerk.sees("/desk/")
    assert "故障（2022年6月1日起）" in clerk.sees(f"/desk/smart-pilots/{device.pilot_id}/")
    assert _working(client) == 0
    # It is repaired by somebody, somehow, and not before it broke down
    refused = clerk.takes(fault, "repair", repaired_by="维保单位")
    assert "remedy" in refused.context["form"].errors
    repaired = {"repaired_by": "维保单位", "remedy": "换读卡器"}
    before = clerk.takes(fault, "repair", taken_on=(DAY - ONE).isoformat(), **repaired)
    assert "taken_on" in before.context["form"].errors
    clerk.has_taken(fault, "repair", taken_on=(DAY + 9 * ONE).isoformat(), **repaired)
    assert _working(client) == 8
    # Days past are as they were, and a second fault leaves the first as it is
    assert _working(client, as_of=(DAY + 8 * ONE).isoformat()) == 0
    clerk.has_entered("device-faults", of=device, what="又刷不开", reported_on=day)
    assert {one.what for one in device.faults.all()} == {"刷不开", "又刷不开"}
    assert clerk.corrects(fault, what="没坏").status_code == 404
    assert_database_refuses(device.delete)


def _working(client, **query):
    page = client.get("/figures/working_smart_devices/", {"area": COMMUNITY, **query})
    return page.context["card"].computed.value


def test_a_fault_shows_while_its_device_is_in_place():
    clerk = Somebody("community", COMMUNITY)
    device = SmartDeviceFactory(removed_on=DAY + ONE)
    for day, message in ((DAY - ONE, "不能早于安装日期"), (DAY + 2 * ONE, "已在此前拆除")):
        refused = clerk.enters("device-faults", of=device, what="坏", reported_on=day.isoformat())
        assert message in refused.text
    # Of what was removed nobody repairs anything
    DeviceFaultFactory(device=device)
    assert "待修复的设备故障" not in clerk.sees("/desk/")


def test_a_secretary_takes_on_a_problem_and_solves_it(client):
    # Given a community, its street, and the district that reviews
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    district = Somebody("district", DISTRICT)
    secretary = PersonFactory(name="周海龙")
    # When the community drafts the year's problem and the street puts it on the list
    project = clerk.has_entered("secretary-projects", responsible=secretary, **PROBLEM)
    assert clerk.takes(project, "file").status_code == 403
    street.has_taken(project, "file")
    # Then the four places of the criteria are there, and the review passes only with all scored
    assert Criterion.objects.filter(area=DISTRICT).count() == 4
    assert "内涵待区委组织部核定" in district.sees(
        f"/desk/secretary-projects/{project.pk}/approve/"
    )
    refused = district.takes(project, "approve", **SCORES | {"score_3": ""})
    assert "score_3" in refused.context["form"].errors
    refused = district.takes(project, "approve", **SCORES | {"score_3": 26})
    assert "score_3" in refused.context["form"].errors
    district.has_taken(project, "approve", **SCORES)
    assert (project.total, project.reviewed_by) == (86, district.user)
    # When it is finished, found wanting, carried on, and accepted
    assert "result" in clerk.takes(project, "finish").context["form"].errors
    clerk.has_taken(project, "finish", result="新增车位60个")
    district.has_taken(project, "continue", note="居民回访未达预期")
    assert project.finished_on is None
    clerk.has_taken(project, "finish", result="新增车位90个")
    assert client.get(f"/open/secretary-projects/{project.pk}/").status_code == 404
    assert "opinion" in district.takes(project, "accept").context["form"].errors
    district.has_taken(project, "accept", opinion="现场查看，同意通过")
    assert project.accepted_by == district.user
    # Then anybody can read problem and result, but not the full name
    page = client.get(f"/open/secretary-projects/{project.pk}/").text
    assert "新增车位90个" in page
    assert "现场查看，同意通过" in page
    assert "周*" in page
    assert secretary.name not in page
    card = client.get("/figures/secretary_project_completion/", {"area": COMMUNITY})
    assert card.context["card"].computed.value == 1


def test_progress_is_noted_while_the_work_goes_on():
    clerk, district = Somebody("community", COMMUNITY), Somebody("district", DISTRICT)
    scored = {"state": "underway", "filed_on": DAY, "started_on": DAY, **SCORES}
    project = SecretaryProjectFactory(**scored)
    noted = {"done": "划定车位", "percent": 40}
    before = clerk.enters(
        "secretary-progress", of=project, reported_on=(DAY - ONE).isoformat(), **noted
    )
    assert "不能早于评审通过日期" in before.text
    entry = clerk.has_entered("secretary-progress", of=project, reported_on=DAY, **noted)
    assert "划定车位" in district.sees(f"/desk/secretary-projects/{project.pk}/")
    assert district.enters("secretary-progress", of=project, **noted).status_code == 403
    # What was noted stays as it was once the work is said to be done
    clerk.has_taken(project, "finish", result="新增车位90个")
    assert "不能增加或修改" in clerk.corrects(entry, done="没有划").text
    assert_database_refuses(lambda: type(entry).objects.update(percent=100))


def test_the_person_responsible_judges_nothing_whatever_office_they_hold():
    secretary, district = PersonFactory(), Somebody("district", DISTRICT)
    district.user.person = secretary
    district.user.save()
    filed = {"state": "filed", "filed_on": DAY, "responsible": secretary}
    project = SecretaryProjectFactory(**filed)
    assert "您是这个项目的责任人" in district.takes(project, "approve", **SCORES).text
    finished = {**filed, "state": "finished", "started_on": DAY, "finished_on": DAY, **SCORES}
    project = SecretaryProjectFactory(**finished, result="新增车位90个")
    assert "您是这个项目的责任人" in district.takes(project, "accept", opinion="好").text
    Somebody("district", DISTRICT).has_taken(project, "accept", opinion="好")


def test_what_is_sent_back_is_filed_anew():
    clerk, district = Somebody("community", COMMUNITY), Somebody("district", DISTRICT)
    project = clerk.has_entered("secretary-projects", responsible=PersonFactory(), **PROBLEM)
    district.has_taken(project, "file")
    district.has_taken(project, "send_back", note="措施不具体")
    assert project.filed_on is None
    assert district.offered(project) == {"file"}
    # One problem a year
    refused = clerk.enters("secretary-projects", responsible=PersonFactory(), **PROBLEM)
    assert "一年只破一题" in refused.text


def test_who_entered_a_project_does_not_review_it():
    district, colleague = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    project = district.has_entered(
        "secretary-projects", area=COMMUNITY, responsible=PersonFactory(), **PROBLEM
    )
    assert district.takes(project, "file").status_code == 403
    colleague.has_taken(project, "file")
    assert district.takes(project, "approve", **SCORES).status_code == 403


def test_scores_are_given_with_the_review_only():
    clerk = Somebody("community", COMMUNITY)
    project = clerk.has_entered("secretary-projects", responsible=PersonFactory(), **PROBLEM)
    page = clerk.sees(f"/admin/communities/secretaryproject/{project.pk}/change/")
    assert 'name="score_1"' not in page


def test_the_district_says_what_a_criterion_means(client):
    criterion = CriterionFactory(position=2)
    assert "内涵待区委组织部核定" in client.get("/open/secretary-criteria/").text
    district = Somebody("district", DISTRICT)
    district.corrects(criterion, title="群众认可度", meaning="由居民评议")
    page = client.get("/open/secretary-criteria/").text
    assert "标准二：群众认可度" in page
    assert "由居民评议" in page


def test_what_is_overdue_waits():
    clerk = Somebody("community", COMMUNITY)
    SecretaryProjectFactory(
        state="underway", filed_on=DAY, started_on=DAY, planned_to=DAY, **SCORES
    )
    assert "超过计划完成日期的书记破题项目" in clerk.sees("/desk/")


APPROVED = {"state": "approved", "approved_on": DAY}
REVIEWED = {"state": "underway", "filed_on": DAY, "started_on": DAY, **SCORES}


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (SmartPilotFactory, {"state": "lost"}, "没有这一状态。"),
        (SmartPilotFactory, APPROVED | {"approved_on": DAY - ONE}, "批准日期不能早于申报日期。"),
        (SmartPilotFactory, {"state": "building"}, "试点须经批准才能建设和运行。"),
        (SmartPilotFactory, APPROVED | {"state": "applied"}, "试点须经批准才能建设和运行。"),
        (SmartPilotFactory, APPROVED | {"building_on": DAY - ONE}, "开工日期不能早于批准日期。"),
        (SmartPilotFactory, APPROVED | {"state": "running", "running_on": DAY},
         "试点须验收通过、写明验收意见才能正式运行。"),
        (SmartPilotFactory, {"area_id": STREET}, "智慧社区试点属于社区：请选择社区。"),
        (SmartDeviceFactory, {"quantity": 0}, "数量至少为1。"),
        (DeviceFaultFactory, {"state": "repaired"}, "修复须有日期，并写明由谁、怎样修复。"),
        (DeviceFaultFactory, {"repaired_on": DAY}, "修复须有日期，并写明由谁、怎样修复。"),
        (DeviceFaultFactory, {"repaired_on": DAY - ONE}, "修复日期不能早于发现日期。"),
        (ProjectProgressFactory, {"percent": 101}, "完成比例为0至100。"),
        (SmartDeviceFactory, {"removed_on": DAY - ONE}, "拆除日期不能早于安装日期。"),
        (CriterionFactory, {"position": 5}, "序号只能是1至4。"),
        (CriterionFactory, {"area_id": STREET}, "四项标准由区级核定：请选择区。"),
        (SecretaryProjectFactory, {"state": "lost"}, "没有这一状态。"),
        (SecretaryProjectFactory, {"planned_to": DAY - ONE}, "计划完成不能早于计划开始。"),
        (SecretaryProjectFactory, {"area_id": STREET}, "书记破题项目属于社区：请选择社区。"),
        (SecretaryProjectFactory, REVIEWED | {"score_1": 26}, "每项标准0至25分。"),
        (SecretaryProjectFactory, REVIEWED | {"score_1": None}, "四项标准都打分后才能评审通过。"),
        (SecretaryProjectFactory, REVIEWED | {"started_on": DAY - ONE}, "评审日期不能早于立项日期。"),
        (SecretaryProjectFactory, SCORES, "四项标准都打分后才能评审通过。"),
        (SecretaryProjectFactory, REVIEWED | {"state": "done", "accepted_on": DAY},
         "验收通过须有成效和验收日期。"),
    ],
)  # fmt: skip
def test_rules(factory, broken, message):
    AreaFactory(code=STREET)
    assert_rule(factory, broken, message)


def test_the_database_itself_keeps_reviewer_and_author_apart():
    author = Somebody("district", DISTRICT).user
    broken = REVIEWED | {"entered_by_id": author.pk, "reviewed_by_id": author.pk}
    assert_rule(SecretaryProjectFactory, broken, "不能评审自己录入的项目。")


def test_strangers_see_and_do_nothing():
    stranger = Somebody("community", "620902004005")
    pilot, project = SmartPilotFactory(), SecretaryProjectFactory()
    for desk, record, verb in (
        ("smart-pilots", pilot, "approve"),
        ("secretary-projects", project, "file"),
    ):
        assert stranger.client.get(f"/desk/{desk}/{record.pk}/").status_code == 404
        assert stranger.client.post(f"/desk/{desk}/{record.pk}/{verb}/").status_code == 404
    worker = Somebody("grid_worker", COMMUNITY)
    assert worker.client.get("/desk/smart-pilots/").status_code == 403
    assert SmartPilot.objects.get().state == "applied"
    assert SecretaryProject.objects.get().state == "drafted"
