"""Mail says that there are notices: to who wants it, once, and again where it could not be sent."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.conf import Environment, ImproperlyConfigured
from suzhou_portal.notices import mailing
from suzhou_portal.notices.models import MailAddress, Notice
from suzhou_portal.notices.telling import tell
from tests.factories.areas import COMMUNITY, DISTRICT
from tests.factories.governing import SmartPilotFactory
from tests.journeys import Somebody
from tests.notices.test_notices import work

pytestmark = pytest.mark.django_db
ADDRESS = "clerk@example.cn"


@pytest.fixture(autouse=True)
def sending(settings):
    settings.SENDS_MAIL = True


@pytest.fixture
def clerk():
    clerk = Somebody("community", COMMUNITY)
    MailAddress.objects.create(user=clerk.user, address=ADDRESS)
    return clerk


@pytest.fixture
def decided(clerk):
    """Another pilot of the clerk's that comes back."""
    district = Somebody("district", DISTRICT)

    def one():
        pilot = SmartPilotFactory(entered_by=clerk.user)
        district.has_taken(pilot, "refuse", note="资金不足")

    return one


def an_hour_later():
    MailAddress.objects.update(last_used_at=timezone.now() - mailing.EVERY)
    return mailing.post()


class TestSending:
    def test_says_how_many_and_where_and_nothing_else(self, decided):
        decided()
        work()
        [message] = mail.outbox
        assert message.to == [ADDRESS]
        assert message.subject.endswith("您有1条未读通知")
        assert "/notices/" in message.body
        assert "智慧" not in message.body + message.subject
        assert "资金" not in message.body

    def test_once(self, decided):
        decided()
        work()
        an_hour_later()
        assert len(mail.outbox) == 1

    def test_at_most_one_an_hour_and_what_came_meanwhile_after_that(self, decided):
        decided()
        work()
        decided()
        work()
        assert len(mail.outbox) == 1
        [planned] = DBTaskResult.objects.filter(status="READY")
        assert planned.run_after > timezone.now()
        an_hour_later()
        assert ["1条" in one.subject for one in mail.outbox] == [True, False]
        assert "2条" in mail.outbox[1].subject

    def test_not_of_what_was_read_before(self, decided):
        decided()
        Notice.objects.update(read_at=timezone.now())
        work()
        assert mail.outbox == []

    def test_nothing_without_a_server(self, decided, settings):
        settings.SENDS_MAIL = False
        decided()
        work()
        assert mail.outbox == []
        assert not DBTaskResult.objects.filter(task_path__endswith="post_due").exists()

    def test_nobody_without_an_address_or_an_account_in_use(self, clerk, decided):
        type(clerk.user).objects.filter(pk=clerk.user.pk).update(is_active=False)
        tell([clerk.user.pk], "试", model="x", area_id=COMMUNITY)
        mailing.post()
        assert mail.outbox == []


class TestAServerThatDoesNot:
    def fails(self, monkeypatch, at, error):
        def failing(*args, **kwargs):
            raise error

        monkeypatch.setattr(locmem.EmailBackend, at, failing)

    def test_answer_is_tried_again(self, decided, monkeypatch):
        with monkeypatch.context() as patch:
            self.fails(patch, "open", ConnectionRefusedError())
            decided()
            work()
        assert mail.outbox == []
        assert DBTaskResult.objects.filter(status="READY").count() == 1
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize(
        ("error", "sent"),
        [
            (SMTPRecipientsRefused({ADDRESS: (450, b"later")}), 1),
            (SMTPRecipientsRefused({ADDRESS: (550, b"unknown")}), 0),
            (TimeoutError(), 0),  # nobody knows whether it took it: rather none than two
        ],
    )
    def test_take_it(self, decided, monkeypatch, error, sent):
        with monkeypatch.context() as patch:
            self.fails(patch, "send_messages", error)
            decided()
            work()
        an_hour_later()
        assert len(mail.outbox) == sent
        assert Notice.objects.unread().filter(todo="").count() == 1

    def test_is_given_up_after_days(self, decided):
        decided()
        Notice.objects.update(at=timezone.now() - mailing.TRIED_FOR)
        mailing.post()
        assert mail.outbox == []


class TestTheAddress:
    def test_is_the_persons_own_to_give_change_and_take_back(self, clerk):
        other = Somebody("street", "620902004")
        assert ADDRESS in clerk.sees("/account/mail/")
        assert ADDRESS not in other.sees("/account/mail/")
        for given in ("other@example.cn", "new@example.cn"):
            assert other.client.post("/account/mail/", {"address": given}).url == "/account/"
            assert MailAddress.objects.get(user=other.user).address == given
        other.client.post("/account/mail/", {"address": ""})
        assert not MailAddress.objects.filter(user=other.user).exists()
        assert MailAddress.objects.get().address == ADDRESS
        assert "通知邮箱" in other.sees("/account/")

    @pytest.mark.parametrize(
        "bad", ["没有", "a@b", "x" * 101 + "@example.cn", "a@example.cn\nBcc: b@c.cn"]
    )
    def test_must_be_one(self, clerk, bad):
        page = clerk.client.post("/account/mail/", {"address": bad})
        assert page.status_code == 200
        assert "id_address" in page.text
        assert MailAddress.objects.get().address == ADDRESS

    def test_is_in_the_trail_masked_and_sending_is_not(self, clerk, decided):
        entry = AuditEntry.objects.get(model="notices.mailaddress")
        assert entry.new["address"] == "***"
        decided()
        work()
        assert len(mail.outbox) == 1
        assert AuditEntry.objects.filter(model="notices.mailaddress").count() == 1


def test_a_setting_that_is_no_mail_server(tmp_path, monkeypatch):
    monkeypatch.setenv("EMAIL_URL", "mail.example.cn")
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL 不正确"):
        Environment(tmp_path / ".env").mail_server("EMAIL_URL")
