"""What the admin does with records that have steps: steps for several at once, and rows below."""

import datetime

import pytest
from django.utils import timezone

from communities.models import Course
from suzhou_portal.desks import admin_steps
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lifecycle.triggers import staged_models
from tests.accounts.world import clerk_of, page, signed_in
from tests.admin.test_admin import address
from tests.factories import every_factory
from tests.factories.accounts import UserFactory
from tests.factories.areas import DISTRICT
from tests.factories.communities import CourseFactory, GridEventFactory
from tests.factories.incubating import RegistrationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)
FACTORIES = {factory._meta.model: factory for factory in every_factory()}
MODELS = sorted(staged_models(), key=lambda model: model._meta.label)


def choose(browser, records, verb, **more):
    sent = {"action": f"take_{verb}", "_selected_action": [one.pk for one in records], **more}
    return browser.post(address(type(records[0])), sent)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_each_step_of_a_list_is_asked_once_and_says_what_follows(model):
    record = FACTORIES[model]()
    at_once = [move for move in model.lifecycle.moves if not move.asks]
    browser = signed_in(UserFactory(is_superuser=True))
    for move in at_once:
        asked = page(choose(browser, [record], move.verb))
        said = "现在不能办理" if record.state not in move.sources else f"办理“{move.label}”以后"
        assert said in asked
        state = record.state
        record.refresh_from_db()
        assert record.state == state
        assert not record.steps().exists()


def test_confirmed_it_is_taken_on_its_day_for_those_where_it_is_open():
    clerk = clerk_of(DISTRICT, role="district")
    browser = signed_in(clerk)
    new = [RegistrationFactory(applied_on=TODAY() - 5 * DAY) for _ in range(2)]
    late = RegistrationFactory(applied_on=TODAY())
    done = choose(browser, [*new, late], "receive", taken_on=str(TODAY() - 2 * DAY))
    said = page(browser.get(done.url))
    for one in (*new, late):
        one.refresh_from_db()
    assert [one.received_on for one in new] == [TODAY() - 2 * DAY] * 2
    assert late.state == "submitted"
    assert "2条已办理“受理”" in said
    assert "办理日期不能早于申请日期" in said


def test_it_is_said_why_a_step_is_somebody_elses():
    clerk = clerk_of(DISTRICT, role="district")
    browser = signed_in(clerk)
    event = GridEventFactory()
    take(event, "finish", by=clerk, result="已清理")
    done = choose(browser, [event], "check", taken_on=str(TODAY()))
    assert "须由他人办理：“处置完成”是您办理的" in page(browser.get(done.url))
    event.refresh_from_db()
    assert event.state == "handled"


def test_a_day_that_is_none_is_asked_again():
    browser = signed_in(UserFactory(is_superuser=True))
    record = RegistrationFactory(applied_on=TODAY() - 5 * DAY)
    asked = choose(browser, [record], "receive", taken_on="2026-13-01")
    assert "输入一个有效" in page(asked)
    record.refresh_from_db()
    assert record.state == "submitted"


def test_more_than_one_can_look_through_is_refused(monkeypatch):
    monkeypatch.setattr(admin_steps, "MOST", 1)
    browser = signed_in(UserFactory(is_superuser=True))
    records = [RegistrationFactory(applied_on=TODAY() - 5 * DAY) for _ in range(2)]
    done = choose(browser, records, "receive", taken_on=str(TODAY()))
    assert "一次最多办理1条" in page(browser.get(done.url))
    assert not records[0].steps().exists()


@pytest.mark.parametrize("state", ["planned", "enrolling"])
def test_a_page_that_takes_nothing_offers_no_rows(state):
    course = CourseFactory(state=state)
    shown = page(
        signed_in(clerk_of(DISTRICT, role="district")).get(address(Course, "change", course.pk))
    )
    offered = 'name="enrolments-0-person"' in shown or "enrolments-__prefix__-person" in shown
    assert offered == (state == "planned")
    assert ('name="_save"' in shown) == (state == "planned")
