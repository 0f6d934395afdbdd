"""What takes long: kills, writers meanwhile, another server, and a trial beside what runs."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError
from django.db import connection, connections

from communities.models import GridEvent
from suzhou_portal.files.models import Attachment, attach
from suzhou_portal.keeping import database, stored
from suzhou_portal.service.models import RunKind, ServiceRun
from tests.committed import apart
from tests.factories.communities import GridEventFactory
from tests.files.pictures import photo
from tests.keeping import own, portals
from tests.keeping.portals import another, backed_up, rewritten, said, whole

pytestmark = [pytest.mark.exhaustive, pytest.mark.enable_socket]
KILLS = 25
RESTORE = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
from tests.databases import server
from tests.keeping.portals import live_in
server.point({name!r})
live_in(Path({state!r}))
call_command("restore", {file!r}, replace=True)
"""


@pytest.mark.skipif(not own.INSTALLED, reason="no PostgreSQL is installed beside the embedded one")
def test_to_a_server_of_ones_own_and_back(portal, tmp_path):
    (rows, entries, files), one, two = whole(), tmp_path / "one.zip", tmp_path / "two.zip"
    backed_up(one)
    with own.serving(tmp_path / "own") as server:
        assert "附件5个逐一打开核对无误" in server.said("restore", str(one))
        with server.connect("app") as application:
            assert application.execute("SELECT count(*) FROM files_attachment").fetchone() == (3,)
            for statement in ("UPDATE audit_auditentry SET note = ''", "DROP TABLE areas_area"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    application.execute(statement)
        assert "附件5个" in server.said("backup", str(two))
        # And once more over what is there.
        assert "附件5个" in server.said("restore", str(two), "--replace")
    with another(tmp_path / "elsewhere"):
        assert "附件5个逐一打开核对无误" in said("restore", str(two))
        assert (portals.rows(), portals.files()) == (rows, files)
        assert entries.items() <= portals.entries().items()


def test_a_trial_touches_nothing_that_runs(portal, tmp_path, monkeypatch):
    backed_up(path := tmp_path / "one.zip")
    rows, files = portals.rows(), portals.files()
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "suzhou_portal.settings")
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        monkeypatch.setattr(tempfile, "tempdir", folder)
        told = said("restore", str(path), "--check")
        assert "试恢复成功" in told
        assert "附件5个逐一打开核对无误" in told
        assert "与记录一致" in told
        assert list(Path(folder).iterdir()) == []
        short = rewritten(path, lambda manifest: manifest["rows"].update(files_attachment=4))
        with pytest.raises(CommandError, match=r"没有恢复成功.*行数与清单不符"):
            said("restore", str(short), "--check")
        assert list(Path(folder).iterdir()) == []
    assert (portals.rows(), portals.files()) == (rows, files)
    noted = ServiceRun.objects.filter(kind=RunKind.CHECK)
    assert [run.ok for run in noted] == [False, True]


def test_killed_at_any_moment(portal, tmp_path):
    """The portal is the former one or the restored one, and each finds all its files."""
    backed_up(path := tmp_path / "one.zip")
    restored = portals.rows()
    Attachment.objects.first().delete()
    GridEvent.objects.update(title="后来改的")
    attach(GridEventFactory(), photo(size=(99, 99)))
    former = portals.rows()
    code = RESTORE.format(name=connection.settings_dict["NAME"], state=str(portal), file=str(path))
    connections.close_all()
    chance, seen = random.Random(36), set()
    for _ in range(KILLS):
        _killed(code, chance.uniform(0, 1.5))
        assert not database.in_use()  # it has noticed, and rolled back
        now = portals.rows()
        same = tuple(
            all(
                now[table] == every[table]
                for table in ("files.Attachment", "communities.GridEvent")
            )
            for every in (former, restored)
        )
        assert any(same)
        seen.add(same)
        for name in stored.named("owner"):
            assert stored.place_of(name).read_bytes()
        connections.close_all()
    assert "附件5个逐一打开核对无误" in said("restore", str(path), "--replace")
    assert portals.rows() == restored
    assert (True, False) in seen


def _killed(code, seconds):
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env=os.environ,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with process:
        process.stdout.readline()  # the files are in place, and the database is next
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)


def test_while_others_write_and_delete(portal, tmp_path):
    over, made = threading.Event(), [tmp_path / f"{number}.zip" for number in range(6)]

    def writing(number):
        count = 0
        while not over.is_set():
            kept = attach(GridEventFactory(title=f"{number}号"), photo(size=(30, 30 + count % 20)))
            if count % 3:
                kept.delete()
            count += 1
        return count

    with ThreadPoolExecutor(3) as threads:
        writers = [
            threads.submit(apart, lambda number=number: writing(number)) for number in range(3)
        ]
        try:
            for path in made:
                backed_up(path)
        finally:
            over.set()
        assert all(one.result() > 5 for one in writers)
    for path in made[::2]:
        with another(tmp_path / f"of {path.stem}".replace(" ", "-")):
            assert "逐一打开核对无误" in said("restore", str(path))
