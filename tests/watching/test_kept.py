"""What a look came to is kept: since when it stands so, and who was told."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from suzhou_portal.service.models import CheckResult, CheckState, RunKind
from suzhou_portal.watching import every, telling
from tests.watching.conftest import HOUR
from tests.watching.test_checks import seen

FINE, CAUTION, FAULT = CheckState.FINE, CheckState.CAUTION, CheckState.FAULT

pytestmark = pytest.mark.django_db


class TestKept:
    def test_since_when(self, ran):
        ran(RunKind.BACKUP, 1)
        begun = timezone.now()
        every.keep(now=begun)
        later = begun + 40 * HOUR
        assert _since("backup", begun) == begun
        assert _since("backup", later) is None  # another state, since this look
        every.keep(now=later)
        assert _since("backup", later + HOUR) == later

    def test_a_check_that_is_no_more_is_forgotten(self):
        CheckResult.objects.create(
            key="gone", state=FAULT, since=timezone.now(), seen_at=timezone.now()
        )
        every.keep()
        assert not CheckResult.objects.filter(key="gone").exists()


def _since(key, now):
    return next(one.since for one in every.look_at_all(now) if one.check.key == key)


class TestCommand:
    def test_it_ends_with_an_error_where_something_is_at_fault(self, ran):
        ran(RunKind.BACKUP, 40)
        out = io.StringIO()
        with pytest.raises(CommandError, match="项故障"):
            call_command("health", stdout=out)
        assert "故障  备份：40小时未成功" in out.getvalue()
        assert not CheckResult.objects.exists()

    def test_faults_are_told_once_a_day(self, ran, settings, mailoutbox):
        settings.ALERT_MAIL, settings.SENDS_MAIL = ["a@example.cn"], True
        ran(RunKind.BACKUP, 40)
        ran(RunKind.NIGHTLY, 1)
        begun = timezone.now()
        for hours, sent in ((0, 1), (1, 1), (23.5, 2)):
            now = begun + hours * HOUR
            telling.tell(every.keep(now=now), now)
            assert len(mailoutbox) == sent
        assert "【故障】备份：40小时未成功" in mailoutbox[0].body
        assert "每夜计算" not in mailoutbox[0].body

    def test_what_could_not_be_sent_is_sent_with_the_next(self, ran, settings, mailoutbox):
        settings.ALERT_MAIL = ["a@example.cn"]
        ran(RunKind.BACKUP, 40)
        for sends in (False, True):
            settings.SENDS_MAIL = sends
            err = io.StringIO()
            with pytest.raises(CommandError):
                call_command("health", "--tell", stdout=io.StringIO(), stderr=err)
            assert ("没有发出：邮件" in err.getvalue()) is not sends
        assert len(mailoutbox) == 1

    def test_trying_alerts(self, settings, mailoutbox):
        with pytest.raises(CommandError, match="没有设置"):
            call_command("try_alerts")
        assert seen("alerts").state == CAUTION
        settings.ALERT_MAIL = ["a@example.cn"]
        with pytest.raises(CommandError, match="EMAIL_URL"):
            call_command("try_alerts")
        assert seen("alerts").state == FAULT
        settings.SENDS_MAIL = True
        assert "上次没有发出" in seen("alerts").told
        call_command("try_alerts", stdout=io.StringIO())
        assert seen("alerts").state == FINE
        assert len(mailoutbox) == 1
