"""M4 and M5: a pilot from application to use; a problem from the secretary's list to its solution."""

import datetime

import pytest

from communities.models import Criterion, SecretaryProject, SmartPilot
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import PersonFactory
from tests.factories.governing import (
    CriterionFactory,
    SecretaryProjectFactory,
    SmartDeviceFactory,
    SmartPilotFactory,
)
from tests.journeys import Somebody
from tests.rules import assert_rule

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


def test_a_device_that_breaks_down_waits_for_the_community():
    clerk = Somebody("community", COMMUNITY)
    device = SmartDeviceFactory()
    assert "有故障的智慧设备" not in clerk.sees("/desk/")
    clerk.corrects(device, faulty_since=DAY.isoformat())
    assert "有故障的智慧设备" in clerk.sees("/desk/")
    assert "故障" in clerk.sees(f"/desk/smart-pilots/{device.pilot_id}/")


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
    district.has_taken(project, "accept")
    # Then anybody can read problem and result, but not the full name
    page = client.get(f"/open/secretary-projects/{project.pk}/").text
    assert "新增车位90个" in page
    assert "周*" in page
    assert secretary.name not in page
    card = client.get("/figures/secretary_project_completion/", {"area": COMMUNITY})
    assert card.context["card"].computed.value == 1


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
        (SmartDeviceFactory, {"faulty_since": DAY - ONE}, "故障日期不能早于安装日期。"),
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
