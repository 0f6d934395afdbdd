"""A worker killed with -9: what was committed is told and mailed all the same, and nothing twice."""

import os
import random
import re
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings as portal
from django.db import connection
from django_tasks_db.models import DBTaskResult

from suzhou_portal.notices import keeper, working
from suzhou_portal.notices.models import MailAddress, Notice
from suzhou_portal.notices.tasks import post_due
from suzhou_portal.notices.telling import tell
from tests.committed import apart
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.figures.kept.test_crashes import POINT, killed_in_the_middle
from tests.journeys import Somebody

pytestmark = pytest.mark.enable_socket
APPLIED = {"name": "智慧小区", "content": "门禁", "applied_on": "2022-01-01", "area": COMMUNITY}
WORK = """
import django, time; django.setup(); POINT
from django.conf import settings
settings.SENDS_MAIL, settings.EMAIL_FILE_PATH = True, "FOLDER"
settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
from django.core.mail import EmailMessage
from django.core.management import call_command
from suzhou_portal.notices import mailing, takers
def hangs(*arguments, **more):
    print("in the middle", flush=True)
    time.sleep(600)
def then_hangs(act):
    return lambda *arguments, **more: (act(*arguments, **more), hangs())
HANG
call_command("work_queue", batch=True, startup_delay=False, interval=0)
"""
# Where a worker hangs when it is killed, whether the mail is there then, and in the end.
KILLED = {
    "telling, before that is committed": ("takers.told = then_hangs(takers.told)", 0, 1),
    "between commit and sending": ("mailing._claimed = hangs", 0, 1),
    "once the mail server has it": ("EmailMessage.send = then_hangs(EmailMessage.send)", 1, 1),
    # Whether the server has it, nobody can know: rather none than two.
    "while it is handed over": ("EmailMessage.send = hangs", 0, 0),
}


@pytest.fixture
def folder(committed, settings, tmp_path):
    settings.SENDS_MAIL = True
    AreaFactory(code=COMMUNITY)
    return tmp_path


def code(folder, hang=""):
    point = f"{POINT}({connection.settings_dict['NAME']!r})"
    return WORK.replace("POINT", point).replace("FOLDER", str(folder)).replace("HANG", hang)


def work(folder):
    subprocess.run(
        [sys.executable, "-c", code(folder)], cwd=portal.BASE_DIR, check=True, timeout=60
    )


def mailed(folder):
    """To whom mail went."""
    texts = [file.read_text() for file in folder.iterdir()]
    return re.findall(r"^To: (.*)$", "\n".join(texts), re.MULTILINE)


@pytest.mark.parametrize("hang", KILLED.values(), ids=KILLED)
def test_what_waits_is_told_once_and_mailed_at_most_once(folder, hang):
    where, then, finally_ = hang
    clerk, district = Somebody("community", COMMUNITY), Somebody("district", DISTRICT)
    MailAddress.objects.create(user=district.user, address="district@example.cn")
    clerk.has_entered("smart-pilots", **APPLIED)
    killed_in_the_middle(code(folder, where), os.environ, lambda process: process.pid)
    assert len(mailed(folder)) == then
    assert DBTaskResult.objects.filter(status="RUNNING").exists()
    for _ in range(2):
        work(folder)
        assert len(mailed(folder)) == finally_
        assert Notice.objects.unread().get(user=district.user).text.endswith("：1条。")
    assert not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists()


def test_only_one_works_and_the_next_takes_over(committed):
    held, let_go, took_over = threading.Event(), threading.Event(), threading.Event()

    def first():
        with working.alone():
            held.set()
            let_go.wait(30)

    def second():
        with working.alone():
            took_over.set()

    threads = [threading.Thread(target=apart, args=[act]) for act in (first, second)]
    threads[0].start()
    assert held.wait(30)
    threads[1].start()
    assert not took_over.wait(0.5)
    let_go.set()
    assert took_over.wait(30)
    for thread in threads:
        thread.join()


def test_what_is_kept_is_started_again_and_ends_with_the_portal(tmp_path):
    """Once nobody, not even a fork of it, holds the portal's end of the pipe."""
    started = tmp_path / "started"
    once = f"""if True:
        import sys
        with open({str(started)!r}, "a+") as file:
            file.write("x")
            file.seek(0)
            again = len(file.read()) > 1
        again and sys.stdin.read()
        """
    keeping = [sys.executable, keeper.__file__, sys.executable, "-c", once]
    with subprocess.Popen(keeping, stdin=subprocess.PIPE) as process:
        deadline = time.monotonic() + 30
        while (not started.exists() or started.read_text() != "xx") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert started.read_text() == "xx"
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(30) == 0
    assert started.read_text() == "xx"


@pytest.mark.exhaustive
def test_killed_again_and_again_at_any_moment(folder):
    """Of 300 people each gets one mail, but for those to whom it was being handed over at a kill."""
    chance, kills, people = random.Random(17), 0, 300
    users = [UserFactory() for _ in range(people)]
    for user in users:
        MailAddress.objects.create(user=user, address=f"{user.username}@example.cn")
    tell([user.pk for user in users], "试", model="communities.smartpilot", area_id=COMMUNITY)
    post_due.enqueue()
    while DBTaskResult.objects.exclude(status="SUCCESSFUL").exists():
        worker = subprocess.Popen([sys.executable, "-c", code(folder)], cwd=portal.BASE_DIR)
        enough = len(mailed(folder)) + chance.randint(5, 60)
        while worker.poll() is None and len(mailed(folder)) < enough:
            time.sleep(0.005)
        if worker.poll() is None:
            worker.kill()
            kills += 1
        worker.wait()
        assert kills < 100
    sent = mailed(folder)
    assert len(sent) == len(set(sent))
    assert kills > 2
    assert people - kills <= len(sent) <= people
    assert Notice.objects.unread().exclude(mailed_at=None).count() == people
