"""The last door: whatever a form forgot, nobody writes what they are not entrusted with."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from communities import workflow
from communities.models import Person, ReachReport
from organizations.models import SocialOrganization
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area
from tests.accounts.world import ABROAD, NEIGHBOUR, acting, clerk_of, record_in, refused, signed_in
from tests.admin.test_admin import RECORDS, address
from tests.admin.test_forms import add, change, fields
from tests.factories import communities, figures, organizations
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.rules import assert_database_refuses

pytestmark = pytest.mark.django_db


# --- writing outside one's area ------------------------------------------------------------------


def test_a_new_record_stands_inside(local_clerk, home, away):
    with acting(local_clerk):
        communities.PersonFactory(area=home)
        with refused():
            communities.PersonFactory(area=away)
    assert [person.area for person in Person.objects.all()] == [home]


def test_a_record_elsewhere_is_not_changed(local_clerk, away):
    person = communities.PersonFactory(area=away)
    with acting(local_clerk), refused():
        person.save()


@pytest.mark.parametrize(("start", "end"), [(COMMUNITY, NEIGHBOUR), (NEIGHBOUR, COMMUNITY)])
def test_a_record_is_neither_moved_out_nor_in(start, end, local_clerk, home, away):
    person = communities.PersonFactory(area=AreaFactory(code=start))
    person.area_id = end
    with acting(local_clerk), refused():
        person.save()


@pytest.mark.parametrize("whole", [True, False], ids=["queryset", "record"])
def test_a_record_elsewhere_is_not_deleted(whole, local_clerk, away):
    person = communities.PersonFactory(area=away)
    with acting(local_clerk), refused():
        (Person.objects.all() if whole else person).delete()
    assert Person.objects.exists()


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_no_kind_of_record_is_open_to_those_entrusted_with_nothing(model, home):
    record = record_in(model, home)
    with acting(UserFactory()):
        for write in (record.save, record.delete):
            with refused():
                write()


def test_commands_act_for_nobody_and_are_not_hindered(away):
    person = communities.PersonFactory(area=away)
    person.save()
    person.delete()
    assert not Person.objects.exists()


# --- divisions -----------------------------------------------------------------------------------


def test_a_district_makes_no_divisions_of_another(home):
    officer = clerk_of(DISTRICT, role=Role.DISTRICT)
    AreaFactory(code=ABROAD[:9])
    browser = signed_in(officer)
    for code in (ABROAD, ABROAD[:9]):
        answer = add(browser, Area, code=code, name="飞地社区")
        errors = answer.context["adminform"].form.errors
        assert errors == {"code": ["这个区划代码不在您的管辖范围内。"]}
    assert add(browser, Area, code=f"{STREET}009", name="新社区").status_code == 302
    with acting(officer), refused():
        Area(code=ABROAD, name="飞地社区").save()


# --- forged fields -------------------------------------------------------------------------------


def test_forged_state_is_ignored(local_clerk, home):
    other = UserFactory()
    path = address(ReachReport, "add")
    browser = signed_in(local_clerk)
    forged = {
        "reviewed_at": "2022-07-01", "reviewed_at_0": "2022-07-01", "reviewed_at_1": "08:00",
        "reviewed_by": local_clerk.pk, "entered_by": other.pk, "is_demo": "on", "id": 77,
    }  # fmt: skip
    typed = {
        "area": COMMUNITY, "period_start": "2022-06-01", "period_end": "2022-06-30",
        "people": 5, "method": "按身份证号去重",
    }  # fmt: skip
    sent = fields(browser.get(path)) | typed | forged
    assert browser.post(path, sent).status_code == 302
    report = ReachReport.objects.get()
    assert change(browser, report, people=6, **forged).status_code == 302
    report.refresh_from_db()
    assert (report.people, report.reviewed_at, report.reviewed_by) == (6, None, None)
    assert report.entered_by == local_clerk
    assert not report.is_demo
    assert report.pk != 77


def test_what_is_real_cannot_be_declared_of_a_demonstration(local_clerk, home):
    figures.DemonstrationFactory()
    add(signed_in(local_clerk), Person, area=COMMUNITY, name="王五", is_demo="")
    assert Person.objects.get().is_demo


def test_a_credit_code_of_another_is_not_taken(local_clerk, home):
    code = "52620902MJX000038K"
    organizations.SocialOrganizationFactory(area=AreaFactory(code=NEIGHBOUR), credit_code=code)
    ours = organizations.SocialOrganizationFactory(area=home)
    response = change(signed_in(local_clerk), ours, credit_code=code)
    assert "该统一社会信用代码已登记。" in response.content.decode()
    assert SocialOrganization.objects.get(pk=ours.pk).credit_code == ""


# --- nobody reviews what they entered ------------------------------------------------------------


@pytest.fixture
def reviewer(home):
    """Street staff, who may review."""
    return clerk_of(STREET, role=Role.STREET)


def review(browser, report):
    """What the list's action does, and what it says."""
    sent = {"action": "review", "index": "0", "_selected_action": [report.pk]}
    response = browser.post(address(ReachReport), sent, follow=True)
    report.refresh_from_db()
    return response.content.decode()


def test_nobody_reviews_what_they_entered(reviewer, home):
    own = communities.ReachReportFactory(area=home, entered_by=reviewer)
    said = review(signed_in(reviewer), own)
    assert "不能审核自己录入的报告" in said
    assert own.reviewed_at is None
    with refused():
        workflow.review(own, by=reviewer)
    now = timezone.now()
    changed = ReachReport.objects.filter(pk=own.pk)
    assert_database_refuses(lambda: changed.update(reviewed_by=reviewer, reviewed_at=now))


def test_another_reviews_it_once_and_it_stays(reviewer, home):
    report = communities.ReachReportFactory(area=home, entered_by=UserFactory())
    browser = signed_in(reviewer)
    assert "已审核1份报告。" in review(browser, report)
    assert report.reviewed_by == reviewer
    assert "已经审核过" in review(browser, report)
    with pytest.raises(ValidationError):
        workflow.review(report, by=reviewer)
    for page in ("change", "delete"):
        path = address(ReachReport, page, report.pk)
        assert browser.post(path, {"post": "yes"}).status_code == 403


def test_a_clerk_reviews_nothing(local_clerk, home):
    report = communities.ReachReportFactory(area=home)
    review(signed_in(local_clerk), report)
    assert report.reviewed_at is None
    for step in (workflow.review, workflow.reopen):
        with refused():
            step(report, by=local_clerk)
