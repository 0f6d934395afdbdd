"""M10 and M11: what a year plans, who came, how well they did, who passed, whose certificate ends."""

import datetime

import pytest

from communities.models import Course, Enrolment, ExamRegistration, PlannedSession
from tests.factories import BEGUN, communities, governing, learning
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.journeys import Somebody
from tests.rules import assert_database_refuses, assert_refused, assert_rule
from tests.sheets import filled

pytestmark = pytest.mark.django_db

ONE = datetime.timedelta(days=1)
SESSION = {"kind": "party_worker", "name": "党务培训", "quarter": 2, "target_people": 30,
           "planned_hours": 24}  # fmt: skip
CONTEST = {"kind": "secretary_contest", "name": "书记大比武", "starts_on": BEGUN,
           "ends_on": BEGUN + ONE, "hours": 8}  # fmt: skip


def test_a_plan_is_approved_by_another_and_carried_out(client):
    # Given a district clerk who drafts the year's plan, and a colleague
    drafter, approver = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    plan = drafter.has_entered("training-plans", area=DISTRICT, year=2022)
    # When it is empty it cannot be submitted, and its drafter cannot approve it
    assert "还没有场次" in drafter.takes(plan, "submit").text
    held = drafter.has_entered("planned-sessions", of=plan, **SESSION)
    dropped = drafter.has_entered("planned-sessions", of=plan, **SESSION | {"name": "考察学习"})
    drafter.has_taken(plan, "submit", taken_on=BEGUN)
    assert drafter.takes(plan, "approve").status_code == 403
    assert "待审批的培训计划" in approver.sees("/desk/")
    approver.has_taken(plan, "approve", taken_on=BEGUN)
    # Then its sessions stay as approved, and are only linked to what carried them out
    closed = "不能增加或修改计划场次。先办理“调整计划”"
    assert closed in drafter.corrects(held, target_people=99).text
    assert closed in drafter.enters("planned-sessions", of=plan, **SESSION).text
    wrong = communities.CourseFactory(area=plan.area)
    assert "course" in drafter.corrects(held, course=wrong).context["form"].errors
    course = communities.CourseFactory(area=plan.area, kind="party_worker", state="ended")
    drafter.corrects(held, course=course)
    # And it is finished once every session is settled, one of two by a course
    assert "考察学习" in drafter.takes(plan, "finish").text
    drafter.corrects(dropped, dropped_because="讲师未能成行")
    drafter.has_taken(plan, "finish")
    page = client.get("/figures/training_plan_progress/", {"as_of": "2022-12-31"})
    assert page.context["card"].computed.value == 0.5
    assert "2022" in client.get("/open/training-plans/").text


def test_a_course_from_enrolment_to_attendance():
    # Given a contest of the district, open for enrolment
    host, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    home = Somebody("community", COMMUNITY)
    contest = host.has_entered("courses", area=DISTRICT, **CONTEST)
    host.has_taken(contest, "open", taken_on=BEGUN - ONE)
    # When a community, which sees the district's courses, enrols its secretary
    assert contest.name in home.sees("/desk/courses/")
    person = communities.PersonFactory(name="欧阳某")
    given = {
        "person": person, "area": COMMUNITY, "unit": "甲社区", "rank": "staff",
        "explanation": "当时已报名",
    }  # fmt: skip
    assert "书记任职" in home.enters("results", of=contest, **given).text
    governing.secretary(person)
    enrolment = home.has_entered("results", of=contest, **given)
    away = communities.EnrolmentFactory(course=contest, area=AreaFactory(code="620902004005"))
    assert "还不能开班" in host.takes(contest, "begin", taken_on=BEGUN - ONE).text
    host.has_taken(contest, "begin", taken_on=BEGUN)
    host.has_taken(contest, "end", taken_on=BEGUN + ONE)
    # Then nothing is published before attendance and scores are known
    assert "没有登记出勤" in other.takes(contest, "publish").text
    sheet = f"/courses/{contest.pk}/attendance/"
    told = host.client.post(sheet, filled(host, sheet, attended_hours=[9, None], present=["on"]))
    assert "参训学时不能超过培训的学时" in told.text
    host.client.post(sheet, filled(host, sheet, absence_reason=[None, "病假"], everybody="1"))
    enrolment.refresh_from_db()
    away.refresh_from_db()
    assert (enrolment.attendance, enrolment.attended_hours) == ("present", 8)
    assert (away.attendance, away.absence_reason) == ("absent", "病假")


def test_a_contest_from_scores_to_published_places(client):
    # Given a contest that is over, to which one of two came
    host, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    contest = host.has_entered("courses", area=DISTRICT, **CONTEST)
    for verb in ("open", "begin", "end"):
        host.has_taken(contest, verb, taken_on=BEGUN + ONE)
    came = {"attendance": "present", "attended_hours": 8}
    enrolment = communities.EnrolmentFactory(course=contest, person__name="欧阳某", **came)
    communities.EnrolmentFactory(course=contest, **ABSENT)
    # When scores are entered, what cannot be is refused
    assert "还有1人没有成绩" in other.takes(contest, "publish").text
    sheet = f"/courses/{contest.pk}/results/"
    assert (
        "没有成绩、名次和奖项" in host.client.post(sheet, filled(host, sheet, score=[90, 80])).text
    )
    assert "0至100分" in host.client.post(sheet, filled(host, sheet, score=[101])).text
    host.client.post(sheet, filled(host, sheet, score=[92.5], award=["first"]))
    # And its host does not publish it alone; the public sees no full name
    assert host.takes(contest, "publish").status_code == 403
    other.has_taken(contest, "publish", taken_on=BEGUN + 7 * ONE)
    for path in ("/open/results/", f"/open/results/{enrolment.pk}/"):
        page = client.get(path).text
        assert "欧*" in page
        assert "一等奖" in page
        assert "欧阳某" not in page
    assert host.client.get(sheet).status_code == 404
    other.has_taken(contest, "withdraw", note="漏记一人")
    assert "欧*" not in client.get("/open/results/").text


def test_a_course_that_few_want_is_cancelled_with_a_reason():
    clerk = Somebody("district", DISTRICT)
    course = clerk.has_entered("courses", area=DISTRICT, **CONTEST)
    assert "note" in clerk.takes(course, "cancel").context["form"].errors
    clerk.has_taken(course, "cancel", note="报名人数不足")
    assert clerk.offered(course) == set()


def test_two_clerks_at_one_attendance_sheet_are_told_of_each_other():
    first, second = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    course = communities.CourseFactory(area=AreaFactory(code=DISTRICT), hours=8, state="running")
    enrolment = communities.EnrolmentFactory(course=course)
    sheet = f"/courses/{course.pk}/attendance/"
    ours = filled(second, sheet, absence_reason=["事假"])
    first.client.post(sheet, filled(first, sheet, present=["on"]))
    told = second.client.post(sheet, ours)
    assert first.user.name in told.text
    assert "缺课原因（现为“—”）" in told.text
    enrolment.refresh_from_db()
    assert enrolment.attendance == "present"


def test_a_sheet_writes_no_row_that_is_not_on_it():
    clerk = Somebody("community", COMMUNITY)
    course = communities.CourseFactory(hours=8, state="running")
    communities.EnrolmentFactory(course=course)
    elsewhere = communities.EnrolmentFactory(course__state="running", course__hours=8)
    sheet = f"/courses/{course.pk}/attendance/"
    sent = filled(clerk, sheet, present=["on"])
    for forged in (
        sent | {"form-0-id": elsewhere.pk},
        sent | {"form-INITIAL_FORMS": 0, "form-0-id": ""},
        sent | {"form-TOTAL_FORMS": "x"},
    ):
        clerk.client.post(sheet, forged)
        assert set(Enrolment.objects.values_list("attendance", flat=True)) == {""}
    stranger = Somebody("community", "620902004005")
    assert stranger.client.get(sheet).status_code == 404
    district_course = communities.CourseFactory(area=AreaFactory(code=DISTRICT), state="running")
    assert clerk.client.get(f"/courses/{district_course.pk}/attendance/").status_code == 403


def test_an_examination_from_registration_to_the_list_of_those_who_passed():
    # Given this year's season, entered by the district
    district, home = Somebody("district", DISTRICT), Somebody("community", COMMUNITY)
    days = {"opens_on": "2022-04-01", "closes_on": "2022-04-20", "exam_on": "2022-06-18"}
    season = district.has_entered("exam-seasons", area=DISTRICT, year=2022, **days)
    # When the community registers two of its workers
    people = communities.PersonFactory.create_batch(2)
    for person in people:
        given = {"area": COMMUNITY, "person": person, "level": "assistant", "explanation": "补录"}
        taker = home.has_entered("exam-registrations", of=season, **given)
    assert (taker.year, str(taker.exam_on)) == (2022, "2022-06-18")
    # Then the district ticks who passed: first as far as known, then for good
    sheet = f"/exams/{season.pk}/passes/"
    passed = ExamRegistration.objects.order_by("pk").values_list("passed", flat=True)
    district.client.post(sheet, filled(district, sheet, has_passed=["on"]))
    assert list(passed.all()) == [True, None]
    district.client.post(sheet, filled(district, sheet, complete="1"))
    assert list(passed.all()) == [True, False]
    assert home.client.get(sheet).status_code == 403


def test_certificates_about_to_expire_are_listed_for_street_and_district(time_machine):
    time_machine.move_to("2022-06-10")
    communities.CertificateFactory(
        person__name="王某", person__phone="13800001234", valid_to=datetime.date(2022, 9, 8)
    )
    communities.CertificateFactory(person__name="李某", valid_to=datetime.date(2022, 9, 9))
    for reader in (Somebody("street", STREET), Somebody("district", DISTRICT)):
        page = reader.sees("/certificates/expiring/")
        assert "王某" in page
        assert "138****1234" in page
        assert "李某" not in page
    assert "王某" not in Somebody("street", "620902005").sees("/certificates/expiring/")
    assert Somebody("hr", DISTRICT).client.get("/certificates/expiring/").status_code == 403


def in_a_contest():
    return communities.EnrolmentFactory(course__kind="secretary_contest")


ABSENT = {"attendance": "absent", "absence_reason": "病假"}


@pytest.mark.parametrize(
    ("factory", "broken", "message"),
    [
        (learning.TrainingBaseFactory, {"capacity": 0}, "容纳人数至少为1人。"),
        (learning.TrainingBaseFactory, {"closed_on": BEGUN - ONE}, "停用日期不能早于启用日期。"),
        (learning.TrainingPlanFactory, {"year": 1900}, "年度应在2000年至2100年之间。"),
        (learning.TrainingPlanFactory, {"state": "lost"}, "没有这一状态。"),
        (
            learning.TrainingPlanFactory,
            {"state": "running"},
            "计划经批准才执行，批准后须有批准日期。",
        ),
        (
            learning.TrainingPlanFactory,
            {"state": "done", "approved_on": BEGUN, "finished_on": BEGUN - ONE},
            "完成日期不能早于批准日期。",
        ),
        (learning.PlannedSessionFactory, {"target_people": 0}, "计划人数和计划学时至少为1。"),
        (
            learning.ExamSeasonFactory,
            {"closes_on": datetime.date(2000, 1, 1)},
            "报名截止不能早于报名开始。",
        ),
        (communities.CourseFactory, {"state": "published"}, "公布成绩须有公布日期。"),
        (
            communities.CourseFactory,
            {"state": "published", "published_on": BEGUN - ONE},
            "成绩公布不能早于培训结束。",
        ),
        (
            communities.EnrolmentFactory,
            {"attendance": "absent"},
            "缺课须写明原因；参训学时只在到课时填写。",
        ),
        (communities.EnrolmentFactory, {"score": 101}, "成绩应在0至100分之间。"),
        (in_a_contest, {"place": 0}, "名次从1起。"),
        (communities.EnrolmentFactory, ABSENT | {"score": 60}, "缺课的人没有成绩、名次和奖项。"),
    ],
)
def test_rules(factory, broken, message):
    assert_rule(factory, broken, message)


def test_rules_of_a_season_and_its_days():
    season = learning.ExamSeasonFactory(year=2022)
    for broken, message in (
        ({"exam_on": datetime.date(2022, 4, 19)}, "考试日期不能早于报名截止。"),
        ({"results_on": datetime.date(2022, 6, 17)}, "成绩公布日期不能早于考试日期。"),
        ({"exam_on": datetime.date(2023, 6, 17)}, "考试日期应在考试年度内。"),
    ):
        kept = {name: getattr(season, name) for name in ("opens_on", "closes_on", "exam_on")}
        area = AreaFactory(code="620902004005")
        assert_refused(type(season)(area=area, year=2022, **kept | broken), message)


def test_what_is_there_already_is_refused():
    base, plan = learning.TrainingBaseFactory(), learning.TrainingPlanFactory()
    season = learning.ExamSeasonFactory()
    for record, message in (
        (learning.TrainingBaseFactory.build(area=base.area, name=base.name), "本地区已有这个名称"),
        (learning.TrainingPlanFactory.build(area=plan.area, year=plan.year), "已有培训计划"),
        (learning.ExamSeasonFactory.build(area=season.area, year=season.year), "已有考试安排"),
    ):
        with pytest.raises(Exception, match=message):
            record.full_clean()
        assert_database_refuses(lambda record=record: type(record).objects.bulk_create([record]))


def test_hours_attended_never_exceed_the_courses_whoever_writes():
    came = {"attendance": "present", "attended_hours": 8, "course__hours": 8}
    enrolment = communities.EnrolmentFactory(**came, course__state="planned")  # its hours are open
    rows = Enrolment.objects.filter(pk=enrolment.pk)
    assert_database_refuses(lambda: rows.update(attended_hours=9))
    assert_database_refuses(lambda: rows.update(course_hours=9, attended_hours=9))
    courses = Course.objects.filter(pk=enrolment.course_id)
    assert_database_refuses(lambda: courses.update(hours=7))
    courses.update(hours=10)
    enrolment.refresh_from_db()
    assert enrolment.course_hours == 10
    clerk = Somebody("community", COMMUNITY)
    assert "hours" in clerk.corrects(enrolment.course, hours=6).context["form"].errors
    enrolling = communities.EnrolmentFactory(**came).course  # whose hours a step changes
    assert "hours" in clerk.takes(enrolling, "amend", hours=6, note="压").context["form"].errors


def test_a_session_is_held_or_dropped():
    course = communities.CourseFactory()
    session = learning.PlannedSessionFactory(course=course)
    rows = PlannedSession.objects.filter(pk=session.pk)
    assert_database_refuses(lambda: rows.update(dropped_because="取消"))
    assert_database_refuses(lambda: rows.update(quarter=5))


def test_a_plan_is_seen_below_and_entered_above():
    plan = learning.TrainingPlanFactory(area=AreaFactory(code=DISTRICT))
    home = Somebody("community", COMMUNITY)
    assert str(plan) in home.sees(f"/desk/training-plans/{plan.pk}/")
    assert home.offered(plan) == set()
    assert home.enters("training-plans").status_code == 403
    street = Somebody("street", "620902005")
    own = learning.TrainingPlanFactory(area=AreaFactory(code=STREET))
    assert street.client.get(f"/desk/training-plans/{own.pk}/").status_code == 404
