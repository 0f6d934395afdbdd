"""A long import whose process is killed, or that two carry out: all of it is in, once, or nothing is."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection

from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports import jobs, progress
from suzhou_portal.imports.copying import LedgerTable
from tests.committed import apart
from tests.factories.areas import COMMUNITY, AreaFactory
from tests.figures.kept.test_crashes import POINT, killed_in_the_middle
from tests.imports.test_jobs import of, sent
from tests.journeys import Somebody
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.usefixtures("kept_in")
WORK_AND_HANG = """
import django, time; django.setup()
from django.core.files.storage import FileSystemStorage
from suzhou_portal.imports import importing, jobs
from suzhou_portal.imports.models import Job
Job._meta.get_field("file").storage = FileSystemStorage(location="FOLDER")
def hangs(*arguments, **more):
    print("in the middle", flush=True)
    time.sleep(600)
importing.trail.record = hangs
jobs.work()
"""


def wait_until_nobody_is_at_it():
    """Until the database has noticed, and rolled back."""
    for _ in range(200):
        if jobs._is_free():
            return
        time.sleep(0.05)
    raise AssertionError("somebody is at it still")


@pytest.mark.usefixtures("short")
class TestKilled:
    @pytest.fixture
    def job(self, committed):
        AreaFactory(code=COMMUNITY)
        return sent(Somebody(Role.COMMUNITY, COMMUNITY), of("甲队", "乙队"))

    def test_in_the_middle_nothing_is_in_and_it_is_found_again(self, job, monkeypatch):
        def killed(*args, **kwargs):
            assert VolunteerTeam.objects.count() == 2
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        with monkeypatch.context() as patch, ThreadPoolExecutor(1) as threads:
            patch.setattr("suzhou_portal.imports.importing.trail.record", killed)
            with pytest.raises(DatabaseError):
                threads.submit(apart, jobs.work).result()
        job.refresh_from_db()
        assert (job.finished_at, job.attempts) == (None, 1)
        assert not VolunteerTeam.objects.exists()
        assert jobs._is_free()
        jobs.work()
        job.refresh_from_db()
        assert (job.outcome["imported"], job.attempts) == (2, 2)
        assert VolunteerTeam.objects.count() == 2
        assert AuditEntry.objects.filter(action=Action.IMPORT).count() == 1

    @pytest.mark.enable_socket
    def test_by_the_system(self, job, kept_in):
        point = f"django.setup(); {POINT}({connection.settings_dict['NAME']!r})"
        waiting = progress.of(job.pk)
        code = WORK_AND_HANG.replace("django.setup()", point).replace("FOLDER", str(kept_in))
        killed_in_the_middle(code, os.environ, lambda process: process.pid)
        job.refresh_from_db()
        assert (job.finished_at, job.attempts) == (None, 1)
        wait_until_nobody_is_at_it()
        assert progress.of(job.pk) == waiting
        jobs.work()
        job.refresh_from_db()
        assert (job.outcome["imported"], job.attempts) == (2, 2)
        assert VolunteerTeam.objects.count() == 2

    def test_how_far_it_is_is_seen_from_outside(self, job, monkeypatch):
        said = []

        def look():
            with ThreadPoolExecutor(1) as threads:
                said.append(threads.submit(apart, lambda: progress.of(job.pk)).result())

        def copies(table, blocks):
            look()
            return copy(table, blocks)

        def puts(table, into, texts):
            look_and_give = (look() or text for text in texts)
            return put(table, into, look_and_give)

        copy, put = LedgerTable.copy, LedgerTable._copy
        monkeypatch.setattr(LedgerTable, "copy", copies)
        monkeypatch.setattr(LedgerTable, "_copy", puts)
        look()
        jobs.work()
        look()
        waiting = "正在排队，还没有开始。"
        copying = "正在写入，共2行，已写入0行。"
        assert said == [waiting, "正在写入，共2行。", copying, waiting]

    def test_two_at_once_bring_it_once(self, job, monkeypatch):
        monkeypatch.setattr(jobs, "PATIENCE", "100ms")
        bring, seen = jobs.bring, []

        def brings(*args, **kwargs):
            with ThreadPoolExecutor(1) as threads:
                seen.append(threads.submit(apart, jobs._is_free).result())
                threads.submit(apart, jobs.work).result()
            return bring(*args, **kwargs)

        monkeypatch.setattr(jobs, "bring", brings)
        jobs.work()
        assert seen == [False]
        assert VolunteerTeam.objects.count() == 2
        job.refresh_from_db()
        assert job.attempts == 1
