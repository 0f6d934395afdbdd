"""Steps on the page of a record: their day, who may not take them, taking back, and asking for a change."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from charity.models import Allocation
from suzhou_portal.accounts.models import User
from suzhou_portal.audit.changes import told
from suzhou_portal.desks.waiting import waiting
from suzhou_portal.lifecycle.amendments import decide, open_amendment, propose
from suzhou_portal.lifecycle.models import Amendment, Step
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.lifecycle.undoing import undo, undoable
from suzhou_portal.records.kinds import kinds
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT
from tests.factories.charity import AllocationFactory
from tests.factories.governing import SmartPilotFactory
from tests.factories.incubating import RegistrationFactory
from tests.factories.organizations import SocialOrganizationFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = datetime.timedelta(days=1)


@pytest.fixture
def chief():
    return UserFactory(is_superuser=True)


@pytest.fixture
def proposed():
    return AllocationFactory(state="proposed", allocated_on=None)


def page(record):
    return f"/desk/{kinds.desk_of(type(record)).name}/{record.pk}/"


class TestTheDayOfAStep:
    def test_is_not_in_the_future(self, proposed):
        with pytest.raises(ValidationError, match="不能晚于今天"):
            take(proposed, "approve", on=TODAY() + DAY)

    def test_is_not_before_the_step_before(self, proposed):
        take(proposed, "approve", on=TODAY() - 3 * DAY)
        with pytest.raises(ValidationError, match="不能早于上一步“同意分配”的日期"):
            take(proposed, "deliver", on=TODAY() - 4 * DAY, receiver="某社区")
        take(proposed, "deliver", on=TODAY() - 3 * DAY, receiver="某社区")

    def test_is_not_before_the_record_begins(self):
        application = RegistrationFactory(applied_on=TODAY() - DAY)
        with pytest.raises(ValidationError, match="不能早于申请日期"):
            take(application, "receive", on=TODAY() - 2 * DAY)

    def test_is_asked_for_with_every_step(self):
        chief = Somebody("district", DISTRICT)
        application = RegistrationFactory(applied_on=TODAY() - 5 * DAY)
        asked = chief.sees(page(application) + "receive/")
        assert 'name="taken_on"' in asked
        assert "此后内容不能再修改" in asked
        chief.has_taken(application, "receive", taken_on=str(TODAY() - 2 * DAY))
        assert application.received_on == TODAY() - 2 * DAY


class TestWhoMayNotBeBoth:
    def test_is_told_why_and_has_nothing_to_do(self):
        first, second = Somebody("district", DISTRICT), Somebody("district", DISTRICT)
        application = RegistrationFactory(applied_on=TODAY() - 5 * DAY)
        first.has_taken(application, "receive")
        assert "“准予登记”由他人办理：“受理”是您办理的" in first.sees(page(application))
        assert not first.offered(application) & {"approve", "refuse"}
        assert first.takes(application, "approve").status_code == 403
        assert {"approve", "refuse"} <= second.offered(application)
        kind = kinds.of(type(application))
        todo = next(one for one in kind.todos if one.states == ("received",))
        records = type(application).objects.all()
        assert not waiting(todo, records, User.objects.get(pk=first.user.pk), TODAY()).exists()
        assert waiting(todo, records, User.objects.get(pk=second.user.pk), TODAY()).exists()


class TestTakingBack:
    def test_leads_back_and_stays_in_history(self, proposed, chief):
        taken = take(proposed, "approve", by=chief)
        back = undo(taken, by=chief)
        assert (back.state, back.allocated_on) == ("proposed", None)
        assert [step.label for step in back.steps()] == ["撤销“同意分配”", "同意分配"]
        assert take(back, "approve", by=chief, on=TODAY() - DAY).allocated_on == TODAY() - DAY

    def test_is_for_who_took_it(self, proposed, chief):
        taken = take(proposed, "approve", by=chief)
        with pytest.raises(PermissionDenied):
            undo(taken, by=UserFactory(is_superuser=True))

    def test_is_for_the_latest_step_once(self, proposed, chief):
        taken = take(proposed, "approve", by=chief)
        later = take(taken, "deliver", by=UserFactory(is_superuser=True), receiver="某社区")
        assert undoable(chief, later) is None

    def test_is_for_the_same_day(self, proposed, chief, monkeypatch):
        taken = take(proposed, "approve", by=chief)
        tomorrow = TODAY() + DAY
        real = timezone.localdate
        monkeypatch.setattr(
            timezone, "localdate", lambda value=None: real(value) if value else tomorrow
        )
        assert undoable(chief, taken) is None

    def test_on_the_page_by_one_button(self):
        clerk = Somebody("district", DISTRICT)
        application = RegistrationFactory(applied_on=TODAY() - 5 * DAY)
        clerk.has_taken(application, "receive")
        step = Step.objects.latest("pk")
        clerk.client.post(page(application) + "undo/", {"step": step.pk + 1})
        application.refresh_from_db()
        assert application.state == "received"
        clerk.client.post(page(application) + "undo/", {"step": step.pk})
        application.refresh_from_db()
        assert (application.state, application.due_on) == ("submitted", None)


class TestAmending:
    @pytest.fixture
    def pilot(self):
        made = SmartPilotFactory(area__code=COMMUNITY, content="原方案")
        return take(made, "approve")

    @pytest.fixture
    def clerk(self):
        return Somebody("community", COMMUNITY)

    def test_is_asked_for_by_one_and_accepted_by_another(self, pilot, clerk):
        chief = Somebody("district", DISTRICT)
        clerk.takes(pilot, "amend", content="新方案", note="经费不足")
        pilot.refresh_from_db()
        assert pilot.content == "原方案"
        said = chief.sees(page(pilot))
        assert "试点内容：原方案 → 新方案" in said or "原方案 → 新方案" in said
        assert "有人提出变更方案" in chief.sees("/desk/")
        assert "同意变更方案" not in clerk.sees(page(pilot))
        assert clerk.client.post(page(pilot) + "amendment/", {"accept": "1"}).status_code == 403
        chief.client.post(page(pilot) + "amendment/", {"accept": "1"})
        pilot.refresh_from_db()
        assert pilot.content == "新方案"
        step = pilot.steps().first()
        assert (step.label, step.changes) == ("变更方案", {"content": ["原方案", "新方案"]})
        assert "原方案 → 新方案" in clerk.sees(page(pilot))

    def test_is_refused_with_a_reason(self, pilot, clerk):
        move = pilot.lifecycle.move("amend")
        propose(pilot, move, by=clerk.user, reason="经费不足", content="新方案")
        chief = UserFactory(is_superuser=True)
        with pytest.raises(ValidationError, match="请写明不同意的理由"):
            decide(pilot, by=chief, accepted=False)
        decide(pilot, by=chief, accepted=False, answer="方案不变")
        pilot.refresh_from_db()
        assert (pilot.content, pilot.steps().first().note) == ("原方案", "方案不变")
        with pytest.raises(ValidationError, match="已经有人决定"):
            decide(pilot, by=chief, accepted=True)

    def test_one_is_open_at_a_time_and_says_what_changes(self, pilot, clerk):
        move = pilot.lifecycle.move("amend")
        with pytest.raises(ValidationError, match="没有填写要变更的内容"):
            propose(pilot, move, by=clerk.user, reason="试", content="原方案")
        propose(pilot, move, by=clerk.user, reason="试", content="新方案")
        with pytest.raises(ValidationError, match="没有决定的变更申请"):
            propose(pilot, move, by=clerk.user, reason="试", content="又一方案")
        assert Amendment.objects.count() == 1
        assert open_amendment(pilot).changes == {"content": ["原方案", "新方案"]}

    def test_is_not_for_somebody_elsewhere(self, pilot):
        other = Somebody("community", "620902001002")
        with pytest.raises(PermissionDenied):
            propose(pilot, pilot.lifecycle.move("amend"), by=other.user, reason="试", content="新")


def test_what_was_approved_is_no_longer_corrected_by_who_asked():
    """The case seen: an approved allocation changed from 6,000 to 9,000 元 by the community."""
    clerk = Somebody("community", COMMUNITY)
    allocation = take(AllocationFactory(state="proposed", allocated_on=None), "approve")
    assert clerk.client.get(page(allocation) + "edit/").status_code == 404
    assert clerk.client.post(page(allocation) + "edit/", {"value": "12"}).status_code == 404
    assert Allocation.objects.get().value == allocation.value


def test_history_costs_the_same_however_many_steps(django_assert_num_queries):
    """What steps refer to is read once for all of them."""
    found = [SocialOrganizationFactory().pk for _ in range(4)]
    changes = [{"organization": [None, one]} for one in found]
    with django_assert_num_queries(1):
        assert len(told(RegistrationFactory._meta.model, changes)) == 4
