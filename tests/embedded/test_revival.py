"""The embedded PostgreSQL comes back by itself: killed, stopped, or started by several at once."""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError

from suzhou_portal.embedded import system_user
from suzhou_portal.embedded.cluster import Cluster, binaries
from suzhou_portal.management.commands import migrate
from tests.cases import in_both_forms
from tests.embedded.test_cluster import server
from tests.embedded.users import environment, user

# One process as gunicorn's: threads that keep their connections from request to request.
REQUESTS = """
import django, sys
django.setup()
from django.db import close_old_connections, connections
from django.test.client import Client
def ask(statement):
    close_old_connections()
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else ""
for statement in sys.stdin:
    try:
        print(ask(statement), flush=True)
    except Exception as error:
        print(type(error).__name__, str(error).split("\\n")[0], flush=True)
"""


@pytest.fixture
def state():
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        yield Path(folder)


def kill_without_waiting(state):
    os.kill(server(state), 9)


def stop(state):
    subprocess.run(
        [binaries() / "pg_ctl", "stop", "-m", "fast", "-D", state / "postgres"],
        check=True, stdout=subprocess.DEVNULL,
        cwd="/", **system_user.identity(),
    )  # fmt: skip


@in_both_forms("times", short=2, whole=10)
def test_a_server_that_was_killed_or_stopped_answers_the_next_request(times, state, monkeypatch):
    monkeypatch.setattr("tests.embedded.users.LOOP", REQUESTS)
    with user(state) as one, user(state) as other:
        one.run("CREATE TABLE kept (number int)")
        for number in range(times):
            one.run(f"INSERT INTO kept VALUES ({number})")
            assert other.run("SELECT count(*) FROM kept") == f"[({number + 1},)]"
            (kill_without_waiting, stop)[number % 2](state)
            assert one.run("SELECT count(*) FROM kept") == f"[({number + 1},)]"
            assert other.run("SELECT count(*) FROM kept") == f"[({number + 1},)]"
    assert server(state) is None


def test_backends_of_a_killed_server_that_are_still_at_work_do_not_keep_it_down(state, monkeypatch):
    monkeypatch.setattr("tests.embedded.users.LOOP", REQUESTS)
    with user(state) as one, user(state) as busy:
        one.run("SELECT 1")
        busy.process.stdin.write("SELECT count(*) FROM generate_series(1, 1e11::bigint)\n")
        busy.process.stdin.flush()
        wait_until(lambda: "active" in one.run(
            "SELECT state FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 1e11%'"
            " AND pid <> pg_backend_pid()"
        ))  # fmt: skip
        kill_without_waiting(state)
        assert one.run("SELECT 1") == "[(1,)]"
        assert "OperationalError" in busy.process.stdout.readline()
        assert busy.run("SELECT 2") == "[(2,)]"


def wait_until(holds):
    until = time.monotonic() + 60
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)


def test_many_who_find_it_gone_try_once(state, monkeypatch):
    """Ten threads do not wait for ten starts that fail."""
    cluster, tries = Cluster(state), []

    def fails():
        tries.append(time.monotonic())
        time.sleep(0.2)
        raise OperationalError("no room")

    monkeypatch.setattr("suzhou_portal.embedded.cluster.REVIVED_WITHIN", -60)
    monkeypatch.setattr(cluster, "_readiness", lambda: "down")
    monkeypatch.setattr(cluster, "_start", fails)
    together = threading.Barrier(10)

    def revive():
        together.wait()
        with pytest.raises(OperationalError) as caught:
            cluster.revive()
        return str(caught.value)

    with ThreadPoolExecutor(10) as threads:
        said = [one.result() for one in [threads.submit(revive) for _ in range(10)]]
    assert len(tries) == 1
    assert sorted(map(said.count, set(said))) == [1, 9]
    # And after a while it is tried again
    os.utime(state / "postgres.failed", (0, 0))
    with pytest.raises(OperationalError, match="no room"):
        cluster.revive()
    assert len(tries) == 2


@pytest.mark.exhaustive
def test_three_portals_that_start_at_once_on_an_empty_folder_all_do(state):
    started = [
        subprocess.Popen(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=settings.BASE_DIR, env=environment(state), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    said = [(one.communicate()[0].strip(), one.returncode) for one in started]
    assert {*said} <= {("", 0), (migrate.WAITS, 0)}
    assert server(state) is None
    log = (state / "postgres" / "server.log").read_text()
    assert not re.findall("ERROR.*", log)
