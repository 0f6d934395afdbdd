"""运行状况, as the administrator reads it, and what leads there."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from suzhou_portal.accounts.roles import Role
from suzhou_portal.service.models import CheckResult, RunKind
from suzhou_portal.watching import every
from tests.factories.areas import DISTRICT
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(reference):
    return Somebody(Role.ADMINISTRATOR, DISTRICT).client


def test_each_check_says_how_it_stands_and_what_to_do(administrator, ran):
    ran(RunKind.BACKUP, 40)
    text = administrator.get("/running/").text
    for one in every.look_at_all():
        assert one.check.label in text
        assert one.check.means in text
    assert "40小时未成功" in text
    assert "manage.py backup --nightly" in text
    assert text.index("40小时未成功") < text.index("正常的")
    assert not CheckResult.objects.exists()  # who only looks writes nothing


def test_a_red_line_leads_there_until_it_is_mended(administrator, ran):
    line = "项故障，请查看怎么办"
    assert line not in administrator.get("/desk/").text
    ran(RunKind.BACKUP, 40)
    every.keep()
    assert line in administrator.get("/desk/").text
    assert 'href="/running/"' in administrator.get("/desk/").text
    faults = [one for one in every.look_at_all() if one.state == "fault"]
    assert [one.check.key for one in faults] == ["backup"]
    ran(RunKind.BACKUP, 0)
    assert administrator.post("/running/").status_code == 302
    assert line not in administrator.get("/desk/").text


def test_nobody_has_looked_for_long(administrator):
    every.keep(now=timezone.now() - datetime.timedelta(hours=37))
    CheckResult.objects.update(state="fine")
    assert "很久没有检查" in administrator.get("/desk/").text


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.AUDITOR, Role.HR])
def test_it_is_the_administrators(reference, ran, role):
    ran(RunKind.BACKUP, 40)
    every.keep()
    client = Somebody(role, DISTRICT).client
    for answer in (client.get("/running/"), client.post("/running/")):
        assert answer.status_code == 403
    assert "项故障" not in client.get("/desk/").text
    assert "运行状况" not in client.get("/desk/").text


def test_since_when(administrator, ran):
    ran(RunKind.BACKUP, 40)
    at = datetime.datetime(2031, 5, 6, 7, 8, tzinfo=datetime.UTC)
    with time_machine.travel(at):
        every.keep()
    assert "2031-05-06 15:08起" in administrator.get("/running/").text
