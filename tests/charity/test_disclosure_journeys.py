"""M24: what the law wants disclosed of a charity project is owed by date, whoever does or omits what."""

import datetime
import io

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from charity.models import DisclosureDuty
from charity.models.duties import owed
from charity.workflow import ENDED, owe, owe_by_date
from suzhou_portal.figures.kept import upkeep
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.months import months_before
from tests.factories import BEGUN
from tests.factories import charity as make
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db(databases=["default", "owner"])

ONE = datetime.timedelta(days=1)
D = datetime.date


def days(project, day):
    """When what is due."""
    return [(one.kind, one.due_on) for one in owed(project, day)]


def begun(months, **fields):
    """A project of a community that began so many months ago, with what it owes recorded."""
    since = months_before(timezone.localdate(), months)
    project = make.CharityProjectFactory(started_on=since, area__code=COMMUNITY, **fields)
    owe(project, timezone.localdate())
    return project


def test_a_long_project_owes_every_three_months_and_in_full_at_its_end(db):
    project = make.CharityProjectFactory.build(started_on=BEGUN, planned_to=D(2023, 6, 1))
    progress = [("progress", D(2022, 9, 1)), ("progress", D(2022, 12, 1))]
    assert days(project, BEGUN) == progress[:1]
    assert days(project, D(2022, 9, 1)) == progress
    project.ended_on = D(2022, 11, 30)
    assert days(project, D(2024, 1, 1)) == [progress[0], ("final", D(2023, 2, 28))]


def test_a_short_project_owes_at_its_end_only_unless_it_outgrows_its_plan(db):
    short = make.CharityProjectFactory.build(started_on=BEGUN, planned_to=BEGUN + 60 * ONE)
    assert days(short, D(2022, 12, 1)) == []
    assert days(short, D(2022, 12, 2)) == [("progress", D(2023, 3, 1))]
    short.ended_on = D(2022, 8, 1)
    assert days(short, D(2024, 1, 1)) == [("final", D(2022, 11, 1))]


def test_an_emergency_campaign_owes_every_five_days(db):
    urgent = make.CharityProjectFactory.build(started_on=BEGUN, emergency=True)
    expected = [BEGUN + 5 * ONE, BEGUN + 10 * ONE, BEGUN + 15 * ONE]
    assert [due_on for _, due_on in days(urgent, BEGUN + 10 * ONE)] == expected


def test_closing_erases_nothing_that_is_overdue():
    # Given a project that should have been reported on twice, and a third time soon
    clerk = Somebody("community", COMMUNITY)
    project = begun(7)
    first, second, coming = project.duties.order_by("due_on")
    assert "逾期未公开的慈善信息" in clerk.sees("/desk/")
    clerk.has_taken(first, "disclose", report="已发放一半")
    assert "已发放一半" in Client().get(f"/open/disclosures/{first.pk}/").text
    # When it is closed
    clerk.has_taken(project, "finish", result="全部发放")
    # Then what is overdue stays so, what was to come goes, and the full report is owed
    assert [duty.state for duty in project.duties.order_by("due_on")] == [
        "disclosed", "due", "lapsed", "due",
    ]  # fmt: skip
    final = project.duties.get(kind="final")
    assert final.due_on == months_before(timezone.localdate(), -3)
    assert "逾期未公开的慈善信息" in clerk.sees("/desk/")
    assert project.duties.get(pk=second.pk).late == ""
    assert project.duties.get(pk=coming.pk).state == "lapsed"


def test_what_has_come_due_is_recorded_by_night_and_once_only(monkeypatch):
    project = make.CharityProjectFactory(started_on=BEGUN)
    owe_by_date(D(2023, 1, 1))
    assert project.duties.count() == 3
    owe_by_date(D(2023, 1, 1))
    assert project.duties.count() == 3
    # The nightly command does it, before it computes figures in a transaction of its own
    monkeypatch.setattr(upkeep, "refresh_all", lambda areas, day: 0)
    call_command("refresh_figures", stdout=io.StringIO())
    assert project.duties.count() == len(owed(project, timezone.localdate()))


def test_whoever_owes_neither_adds_postpones_nor_waives():
    clerk, street = Somebody("community", COMMUNITY), Somebody("street", STREET)
    duty = begun(4).duties.earliest("due_on")
    assert clerk.client.get(f"/desk/disclosures/new/?of={duty.project_id}").status_code == 403
    for somebody in (clerk, street):
        assert somebody.client.get(f"/desk/disclosures/{duty.pk}/edit/").status_code == 403
    assert "lapse" not in clerk.offered(duty)
    assert clerk.takes(duty, "lapse", note="太忙").status_code == 403
    assert "note" in street.takes(duty, "lapse").context["form"].errors
    street.has_taken(duty, "lapse", note="项目未募款，区民政局同意")
    # And what was waived stays so by night, until the same office owes it again
    owe_by_date(timezone.localdate())
    duty.refresh_from_db()
    assert duty.state == "lapsed"
    street.has_taken(duty, "restore", note="查明有募款")


def test_in_the_district_a_colleague_who_had_no_part_in_it_waives():
    clerk, other = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
    project = clerk.has_entered(
        "charity-projects", area=DISTRICT, name="冬季送暖", mode="relief", field="relief",
        planned_to=timezone.localdate() + 300 * ONE,
    )  # fmt: skip
    clerk.has_taken(project, "start")
    DisclosureDuty.objects.all().delete()
    owe_by_date(timezone.localdate())  # by nobody's hand
    duty = DisclosureDuty.objects.get()
    assert "由其他人决定" in clerk.takes(duty, "lapse", note="不必").text
    other.has_taken(duty, "lapse", note="未募款")


def test_what_a_former_version_let_lapse_is_owed_again():
    project = begun(10)
    overdue = project.duties.earliest("due_on")
    take(overdue, "lapse", note=ENDED)
    take(project, "finish", result="发放完毕")
    overdue.refresh_from_db()
    assert overdue.state == "due"
    take(overdue, "lapse", note="区民政局同意")
    owe_by_date(timezone.localdate())
    overdue.refresh_from_db()
    assert overdue.state == "lapsed"


def test_a_duty_recorded_a_little_off_its_day_is_not_asked_for_twice():
    project = make.CharityProjectFactory(started_on=BEGUN)
    make.DisclosureDutyFactory(project=project, area=project.area, due_on=D(2022, 9, 20))
    owe(project, D(2022, 10, 1))
    assert [duty.due_on for duty in project.duties.order_by("due_on")] == [
        D(2022, 9, 20), D(2022, 12, 1),
    ]  # fmt: skip


def test_a_project_past_its_plan_waits_to_be_closed():
    begun(3, planned_to=timezone.localdate() - ONE)
    assert "超过计划结束日期没有结项的慈善项目" in Somebody("community", COMMUNITY).sees("/desk/")
