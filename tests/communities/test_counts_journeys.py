"""What counts: enrolment closes, ranks follow from points, thresholds hold, and figures count who came."""

import datetime

import pytest

from communities.models import Enrolment, ExamRegistration
from suzhou_portal.figures import door
from tests.factories import communities, consultation, governing, learning
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.journeys import Somebody
from tests.sheets import filled

pytestmark = pytest.mark.django_db
DAY, ONE = datetime.date(2022, 6, 1), datetime.timedelta(days=1)
CAME = {"attendance": "present", "attended_hours": 8}
ENROLLED = {"area": COMMUNITY, "unit": "甲社区", "rank": "section"}
LATE = {"explanation": "当时的签到册漏登"}


@pytest.fixture(autouse=True)
def at_the_time(time_machine):
    """Things happen in June 2022."""
    time_machine.move_to("2022-06-10")


@pytest.mark.parametrize("state", ["planned", "running", "ended", "published", "cancelled"])
def test_nobody_enrols_in_what_does_not_enrol(state):
    home = Somebody("community", COMMUNITY)
    published = {"published_on": DAY} if state == "published" else {}
    course = communities.CourseFactory(state=state, **published)
    person = communities.PersonFactory()
    refused = home.enters("results", of=course, person=person, **ENROLLED, **LATE)
    assert "不在报名中" in refused.context["form"].errors["person"][0]
    assert not Enrolment.objects.exists()


def test_whoever_is_enrolled_late_is_explained_and_counts_once_they_came():
    # Given 岗位培训 which one 科级 cadre attended, and whose days are over
    home = Somebody("community", COMMUNITY)
    course = communities.CourseFactory(area=AreaFactory(code=DISTRICT), state="enrolling", hours=8)
    communities.EnrolmentFactory(course=course, **CAME)
    assert door.value("trained_cadres", DISTRICT, DAY).value == 1
    # When another one is enrolled afterwards, the form asks why
    late = {"person": communities.PersonFactory(), **ENROLLED}
    page = home.client.get(f"/desk/results/new/?of={course.pk}").text
    assert 'type="hidden" name="explanation"' in page
    refused = home.enters("results", of=course, **late)
    assert "现在是补录" in refused.context["form"].errors["person"][0]
    assert 'type="text" name="explanation"' in refused.text
    enrolment = home.has_entered("results", of=course, **late, **LATE)
    assert LATE["explanation"] in home.sees(f"/desk/results/{enrolment.pk}/")
    # Then the headline stays, also once they are marked absent
    assert door.value("trained_cadres", DISTRICT, DAY).value == 1
    Enrolment.objects.filter(pk=enrolment.pk).update(attendance="absent", absence_reason="病假")
    assert door.value("trained_cadres", DISTRICT, DAY).value == 1


def test_a_registration_closes_with_its_season():
    home, district = Somebody("community", COMMUNITY), Somebody("district", DISTRICT)
    past = learning.ExamSeasonFactory(year=2021, area=AreaFactory(code=DISTRICT))
    coming = learning.ExamSeasonFactory(
        year=2022, area=past.area, opens_on=DAY, closes_on=DAY + 20 * ONE, exam_on=DAY + 60 * ONE
    )
    given = {"area": COMMUNITY, "person": communities.PersonFactory(), "level": "assistant"}
    refused = home.enters("exam-registrations", of=past, **given)
    assert "报名已于2021年4月20日截止" in refused.context["form"].errors["person"][0]
    home.has_entered("exam-registrations", of=coming, **given)
    # Who did not come is not counted among those who took it
    taker = home.has_entered("exam-registrations", of=past, **given, **LATE)
    assert door.value("exam_takers", DISTRICT, DAY).value == 1
    sheet = f"/exams/{past.pk}/passes/"
    district.client.post(sheet, filled(district, sheet, absent=["on"]))
    taker.refresh_from_db()
    assert (taker.absent, taker.passed) == (True, False)
    assert door.value("exam_takers", DISTRICT, DAY).value == 0
    told = district.client.post(sheet, filled(district, sheet, has_passed=["on"]))
    assert "缺考的人没有通过" in told.text
    assert ExamRegistration.objects.count() == 2


def test_ranks_follow_from_points_and_awards_from_ranks():
    host, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    contest = communities.CourseFactory(
        area=AreaFactory(code=DISTRICT), kind="secretary_contest", state="ended", hours=8
    )
    points = (80, 95, 80, 70)
    for number in range(len(points)):
        communities.EnrolmentFactory(course=contest, person__name=f"书记{number}", **CAME)
    sheet = f"/courses/{contest.pk}/results/"
    host.client.post(sheet, filled(host, sheet, score=list(points), award=["first"]))
    assert "奖项高于名次在前的人" in other.takes(contest, "publish").text
    host.client.post(sheet, filled(host, sheet, award=["second", "first"]))
    other.has_taken(contest, "publish")
    placed = contest.enrolments.order_by("pk").values_list("place", flat=True)
    assert list(placed) == [2, 1, 2, 4]
    other.has_taken(contest, "withdraw", note="漏记一人")
    assert set(placed.all()) == {None}


def test_who_may_take_part_follows_from_the_kind():
    home = Somebody("community", COMMUNITY)
    days = {"starts_on": DAY + 9 * ONE, "ends_on": DAY + 10 * ONE, "state": "enrolling"}
    outsider, secretary = communities.PersonFactory.create_batch(2)
    governing.secretary(secretary)
    worker = communities.PostFactory().person
    part_time = communities.PostFactory(full_time=False).person
    for kind, fitting, others in (
        ("secretary_contest", secretary, (outsider, worker)),
        ("full_time_worker", worker, (outsider, secretary, part_time)),
    ):
        course = communities.CourseFactory(kind=kind, **days)
        for person in others:
            refused = home.enters("results", of=course, person=person, **ENROLLED)
            assert "参加；此人那天没有" in refused.context["form"].errors["person"][0]
        home.has_entered("results", of=course, person=fitting, **ENROLLED)


def test_a_project_passes_from_the_districts_threshold_on():
    # Given a project put on the list, and no threshold decided: 60 holds
    district = Somebody("district", DISTRICT)
    area = AreaFactory(code=COMMUNITY)
    filed = {"area": area, "state": "filed", "filed_on": DAY}
    low, fair = (governing.SecretaryProjectFactory(**filed) for _ in range(2))
    scores = {"score_1": 2, "score_2": 0, "score_3": 0, "score_4": 0}
    assert "没有达到通过线60分" in district.takes(low, "approve", **scores).text
    scores = dict.fromkeys(scores, 16)
    # When the district decides on 65 from today on, that is asked, and 64 is too little
    assert Somebody("community", COMMUNITY).enters("thresholds").status_code == 403
    district.has_entered(
        "thresholds", area=DISTRICT, kind="secretary_project", value=65, effective_from="2022-06-10"
    )
    assert "没有达到通过线65分" in district.takes(fair, "approve", **scores).text
    # What is reviewed as of an earlier day is judged by what held then
    district.has_taken(fair, "approve", **scores, taken_on=DAY + ONE)
    assert "65" in district.client.get("/open/thresholds/").text


def test_a_plan_without_contacts_is_not_approved():
    home, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    plan = consultation.EmergencyPlanFactory()
    assert "还没有联络岗位" in home.takes(plan, "submit").text
    reviewed = consultation.EmergencyPlanFactory(state="in_review")
    assert "还没有联络岗位" in street.takes(reviewed, "approve").text


def test_a_quarter_is_reviewed_once_it_is_over():
    home, post = Somebody("community", COMMUNITY), communities.PostFactory(started_on=DAY)
    refused = home.enters("reviews", post=post, year=2022, quarter=2)
    assert refused.context["form"].errors["quarter"] == ["该季度还没有结束，不能考核。"]


def test_a_month_in_which_the_post_was_not_held_is_not_paid(time_machine):
    time_machine.move_to("2022-08-10")
    clerk, post = Somebody("hr", DISTRICT), communities.PostFactory(started_on=DAY, ended_on=DAY)
    money = {"area": COMMUNITY, "post": post, "post_pay": "2500", "performance_pay": "1000"}
    for month in (datetime.date(2022, 5, 1), datetime.date(2022, 7, 1)):
        refused = clerk.enters("pay", month=month, **money)
        assert refused.context["form"].errors["month"] == ["该月此人不在这个岗位。"]
    clerk.has_entered("pay", month=DAY, **money)
