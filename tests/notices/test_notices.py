"""What comes back to people, and what waits for them: told once, to whom it concerns, and no more than that."""

import datetime

import pytest
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.audit.models import Touched
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.notices import tasks, workflow, working
from suzhou_portal.notices.causes import quietly
from suzhou_portal.notices.models import NOT_YOURS, Notice
from tests.factories.areas import COMMUNITY, DISTRICT, STREET
from tests.factories.governing import SmartDeviceFactory, SmartPilotFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db


class KilledError(Exception):
    """Ends a task as a killed process would."""


WORKER = Worker(
    queue_names=["default"], interval=0, batch=True, backend_name="default", startup_delay=False,
    max_tasks=None, worker_id="test", excluded_queue_names=[],
)  # fmt: skip
APPLIED = {"name": "智慧小区", "content": "门禁", "applied_on": "2022-01-01", "area": COMMUNITY}


@pytest.fixture
def clerk():
    return Somebody("community", COMMUNITY)


@pytest.fixture
def district():
    return Somebody("district", DISTRICT)


def work():
    """What the queue's worker does, in this transaction."""
    while task := DBTaskResult.objects.ready().first():
        task.claim("test")
        WORKER.run_task(task)


def told(who, **which):
    """What the person's notices say, unread first."""
    return [one.text for one in Notice.objects.filter(user=who.user, **which)]


class TestWhatCameBack:
    def test_is_told_to_whoever_entered_it_and_not_to_who_decided(self, clerk, district):
        pilot = clerk.has_entered("smart-pilots", **APPLIED)
        district.has_taken(pilot, "refuse", note="资金不足")
        assert told(clerk) == ["已办理“不批准”，现在是“未批准”。"]
        assert told(district, todo="") == []
        page = clerk.sees("/notices/")
        assert "已办理“不批准”" in page
        assert '1<span class="visually-hidden">条未读' in page

    def test_is_one_notice_a_record_that_says_the_latest(self, clerk, district):
        pilot = clerk.has_entered("smart-pilots", **APPLIED)
        district.has_taken(pilot, "approve")
        clerk.has_taken(pilot, "build")
        SmartDeviceFactory(pilot=pilot)
        clerk.has_taken(pilot, "try_out")
        assert told(clerk) == ["已办理“批准”，现在是“已批准”。"]
        district.has_taken(pilot, "rework", note="门禁没有装完")
        assert told(clerk) == ["已办理“验收不通过”，现在是“建设中”。"]
        # Who approved hears what the community did with it.
        assert told(district, todo="") == ["已办理“转入试运行”，现在是“试运行”。"]

    def test_is_unread_again_when_there_is_more(self, clerk, district):
        pilot = clerk.has_entered("smart-pilots", **APPLIED)
        district.has_taken(pilot, "approve")
        clerk.client.post(f"/notices/{Notice.objects.get(user=clerk.user).pk}/")
        assert not Notice.objects.unread().filter(user=clerk.user).exists()
        clerk.has_taken(pilot, "build")
        SmartDeviceFactory(pilot=pilot)
        clerk.has_taken(pilot, "try_out")
        district.has_taken(pilot, "accept", findings="合格")
        assert Notice.objects.unread().filter(user=clerk.user, todo="").count() == 1

    def test_what_was_asked_for_and_declined(self, clerk, district):
        pilot = SmartPilotFactory(state="approved", approved_on="2022-06-02")
        clerk.takes(pilot, "amend", content="门禁和消防", note="增加")
        work()
        assert any("有人提出变更方案" in one for one in told(district))
        district.client.post(f"/desk/smart-pilots/{pilot.pk}/amendment/", {"answer": "超出预算"})
        assert told(clerk) == ["已办理“不同意变更方案”，现在是“已批准”。"]
        work()
        assert told(district) == []  # nothing waits any more

    def test_is_there_exactly_when_the_step_is(self, clerk, district, monkeypatch):
        pilot = SmartPilotFactory(entered_by=clerk.user)

        def fails(*args, **kwargs):
            raise RuntimeError

        queued = DBTaskResult.objects.count()
        with monkeypatch.context() as patch:
            patch.setattr(type(pilot), "save", fails)
            with pytest.raises(RuntimeError):
                take(pilot, "approve", by=district.user)
        assert not Notice.objects.exists()
        assert DBTaskResult.objects.count() == queued


class TestWhatWaits:
    def test_is_told_to_the_nearest_who_can_do_it(self, clerk, district):
        city = Somebody("district", "6209")
        street = Somebody("street", STREET)
        clerk.has_entered("smart-pilots", **APPLIED)
        assert told(district) == []  # until the worker has asked
        work()
        [said] = told(district)
        assert said.endswith("：1条。")
        assert told(clerk) == told(street) == told(city) == []
        assert said.partition("：")[0] in district.sees("/desk/")

    def test_counts_up_in_one_notice_and_down_when_it_is_done(self, clerk, district):
        other = Somebody("district", DISTRICT)
        pilots = [clerk.has_entered("smart-pilots", **APPLIED | {"name": f"{n}"}) for n in "甲乙"]
        work()
        assert [one[-3:] for one in told(district)] == ["2条。"]
        district.has_taken(pilots[0], "approve")
        work()
        assert [one[-3:] for one in told(other)] == ["1条。"]
        district.has_taken(pilots[1], "approve")
        work()
        assert told(other) == []

    def test_is_not_told_to_who_may_not_for_having_written_it(self, district):
        city = Somebody("district", "6209")
        pilot = SmartPilotFactory(entered_by=district.user)
        work()
        assert told(district) == []
        assert len(told(city)) == 1
        assert district.takes(pilot, "approve").status_code == 403

    def test_nobody_without_a_current_role_or_account_is_told(self, clerk, district):
        begun, over = (timezone.localdate() - datetime.timedelta(days) for days in (9, 1))
        Assignment.objects.filter(user=district.user).update(valid_from=begun, valid_to=over)
        gone = Somebody("district", DISTRICT)
        User.objects.filter(pk=gone.user.pk).update(is_active=False)
        clerk.has_entered("smart-pilots", **APPLIED)
        work()
        assert not Notice.objects.exists()

    def test_what_was_begun_and_not_finished_is_begun_again(
        self, clerk, district, monkeypatch, caplog
    ):
        clerk.has_entered("smart-pilots", **APPLIED)
        told_then = tasks.takers.told

        def killed(*args, **kwargs):
            told_then(*args, **kwargs)
            raise KilledError

        with monkeypatch.context() as patch:  # before what it did is committed
            patch.setattr(tasks.takers, "told", killed)
            work()
        assert told(district) == []
        DBTaskResult.objects.filter(status="FAILED").update(status="RUNNING")
        assert working.begin_again() == 1
        work()
        assert len(told(district)) == 1
        assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


class TestTheInbox:
    @pytest.fixture
    def notices(self, clerk, district):
        pilots = [clerk.has_entered("smart-pilots", **APPLIED | {"name": f"{n}"}) for n in range(3)]
        for pilot in pilots:
            district.has_taken(pilot, "approve")
        return list(Notice.objects.filter(user=clerk.user))

    def test_opening_one_reads_it_and_leads_to_the_record(self, clerk, notices):
        response = clerk.client.post(f"/notices/{notices[0].pk}/")
        assert response.headers["Location"] == f"/desk/smart-pilots/{notices[0].object_id}/"
        assert clerk.client.get(response.headers["Location"]).status_code == 200
        assert clerk.client.post(f"/notices/{notices[1].pk}/", {"stay": 1}).url == "/notices/"
        assert Notice.objects.unread().filter(user=clerk.user).count() == 1
        assert Notice.objects.filter(user=clerk.user).first() == notices[2]

    def test_nobody_reads_anothers(self, clerk, district, notices, client):
        assert district.client.post(f"/notices/{notices[0].pk}/").status_code == 404
        assert "批准" not in district.sees("/notices/")
        assert client.get("/notices/").status_code == 302
        assert clerk.client.get(f"/notices/{notices[0].pk}/").status_code == 405
        district.client.post("/notices/read/", {"until": timezone.now().isoformat()})
        assert Notice.objects.unread().filter(user=clerk.user).count() == 3

    def test_all_are_read_that_were_shown(self, clerk, notices):
        assert clerk.client.post("/notices/read/", {"until": "x"}).status_code == 400
        Notice.objects.filter(pk=notices[0].pk).update(
            at=timezone.now() + datetime.timedelta(hours=1)
        )
        clerk.client.post("/notices/read/", {"until": timezone.now().isoformat()})
        assert Notice.objects.unread().get(user=clerk.user).pk == notices[0].pk

    def test_what_is_no_more_theirs_says_nothing(self, clerk, notices):
        Assignment.objects.filter(user=clerk.user).update(area_id=STREET, role="auditor")
        page = clerk.sees("/notices/")
        assert NOT_YOURS in page
        assert "已批准" not in page

    def test_a_kind_that_is_gone(self, clerk, notices):
        Notice.objects.update(model="volunteers.gone")
        assert NOT_YOURS in clerk.sees("/notices/")
        assert clerk.client.post(f"/notices/{notices[0].pk}/").url == "/notices/"

    def test_costs_the_same_for_any_number(self, clerk, notices):
        many = queries(clerk.client, "/notices/")
        Notice.objects.filter(pk=notices[0].pk).delete()
        assert queries(clerk.client, "/notices/") == many

    def test_the_head_of_pages_counts_them_at_one_look(self, clerk, notices):
        with_three = queries(clerk.client, "/account/")
        assert "3<span" in clerk.sees("/account/")
        assert "3<span" in clerk.sees("/admin/")
        Notice.objects.all().delete()
        assert queries(clerk.client, "/account/") == with_three
        assert "条未读" not in clerk.sees("/account/")

    def test_reading_marks_nothing_as_written(self, clerk, notices):
        before = Touched.objects.count()
        clerk.client.post("/notices/read/", {"until": timezone.now().isoformat()})
        assert Touched.objects.count() == before

    def test_what_was_read_long_ago_is_forgotten(self, clerk, notices, settings):
        old = timezone.now() - datetime.timedelta(days=settings.NOTICE_DAYS + 1)
        Notice.objects.filter(pk=notices[0].pk).update(read_at=old)
        Notice.objects.filter(pk=notices[1].pk).update(at=old)
        workflow.forget_read(timezone.localdate())
        assert set(Notice.objects.filter(user=clerk.user)) == {*notices[1:]}


def test_what_is_made_quietly_tells_nobody(clerk, district):
    with quietly():
        pilot = SmartPilotFactory(entered_by=clerk.user)
        take(pilot, "approve", by=district.user)
    assert not DBTaskResult.objects.exists()
    assert not Notice.objects.exists()
