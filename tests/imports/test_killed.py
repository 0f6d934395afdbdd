"""A process killed twenty times in the midst of its work, wherever it happens to be, leaves nothing half done."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.db import connection

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports import batches, jobs
from suzhou_portal.imports.models import Batch, Brought
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.figures.kept.test_crashes import POINT
from tests.imports.test_jobs import of, sent
from tests.imports.test_jobs_killed import wait_until_nobody_is_at_it
from tests.journeys import Somebody
from volunteers.models import VolunteerTeam

ROWS, TIMES = 20_000, 20
WORK = """
import django; django.setup()
{point}
from django.core.files.storage import FileSystemStorage
from suzhou_portal.imports import jobs
from suzhou_portal.imports.models import Job
jobs.MOST_ATTEMPTS = 100
Job._meta.get_field("file").storage = FileSystemStorage(location={folder!r})
print("begins", flush=True)
jobs.work()
"""


def _killed_after(code, seconds):
    """Whether the process was killed before it was done."""
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=os.environ, stdout=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    with process:
        assert process.stdout.readline() == b"begins\n"
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            return True
    return False


@pytest.mark.exhaustive
@pytest.mark.enable_socket
@pytest.mark.usefixtures("kept_in")
def test_twenty_times(committed, kept_in, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_ATTEMPTS", 100)
    AreaFactory(code=COMMUNITY)
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    monkeypatch.setattr(jobs, "LONG", 0)
    job = sent(clerk, of(*(f"{number}队" for number in range(ROWS))))
    point = f"{POINT}({connection.settings_dict['NAME']!r})"
    code = WORK.format(point=point, folder=str(kept_in))
    begun = time.monotonic()
    chance, killed = random.Random(19), 0
    for _ in range(TIMES * 3):
        if killed == TIMES or not _killed_after(code, chance.uniform(0.05, 1.2)):
            break
        killed += 1
        wait_until_nobody_is_at_it()
        job.refresh_from_db()
        assert job.finished_at is None
        assert not VolunteerTeam.objects.exists()
        assert not Batch.objects.exists()
        assert not Brought.objects.exists()
        assert not AuditEntry.objects.filter(action=Action.IMPORT).exists()
    assert killed == TIMES, f"{killed} in {time.monotonic() - begun:.0f} s"
    jobs.work()
    job.refresh_from_db()
    assert job.outcome["imported"] == VolunteerTeam.objects.count() == ROWS
    assert batches.made(Batch.objects.get()).count() == ROWS
    assert AuditEntry.objects.filter(action=Action.IMPORT).count() == 1
