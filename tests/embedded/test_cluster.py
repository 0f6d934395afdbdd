"""The embedded PostgreSQL, used by processes that come, go and get killed."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from suzhou_portal.embedded.cluster import LONGEST_SOCKET_DIR, Cluster
from tests.embedded.users import environment, user


@pytest.fixture
def state():
    """A state folder on a short path, with what a first start that was cut off leaves behind."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        for name in ("postgres", "postgres.new"):
            (Path(folder) / name).mkdir()
        (Path(folder) / "postgres.new" / "PG_VERSION").write_text("half made")
        yield Path(folder)


def server(state):
    """The process id of the running server; None where it has stopped."""
    try:
        pid = int((state / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return None
    return pid


def kill_server(state):
    """Kill the server and wait until whoever must reap it has done so."""
    os.kill(server(state), signal.SIGKILL)
    deadline = time.monotonic() + 60
    while server(state) is not None and time.monotonic() < deadline:
        time.sleep(0.1)


def python(code, state):
    """Run code in the project, and give what it writes to both streams."""
    result = subprocess.run(
        [sys.executable, *code],
        cwd=settings.BASE_DIR, env=environment(state), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.returncode, result.stdout + result.stderr


def test_a_server_lives_as_long_as_its_users_and_its_data_longer(state):
    """One cluster through all of it: making it takes the longest."""
    # Given a portal that was only looked at
    code = "import django; django.setup(); from suzhou_portal import urls"
    assert python(["-c", code], state) == (0, "")
    assert server(state) is None
    # Then the last user stops the server
    with user(state) as first, user(state) as second:
        first.run("CREATE TABLE kept (number int)")
        pid = server(state)
        assert second.run("SELECT current_user") == "[('portal_owner',)]"
        first.leave()
        assert server(state) == pid
        assert second.run("SELECT count(*) FROM kept") == "[(0,)]"
    assert server(state) is None
    # And data survives the killing of its user
    with user(state) as killed:
        killed.run("INSERT INTO kept VALUES (1)")
        pid = server(state)
        killed.kill()
    assert server(state) == pid
    with user(state) as heir:
        assert heir.run("SELECT number FROM kept") == "[(1,)]"
        assert server(state) == pid
    assert server(state) is None
    # And the killing of the server
    with user(state) as last:
        last.run("INSERT INTO kept VALUES (2)")
        kill_server(state)  # while it has a user: without one it stops by itself
        last.kill()
    with user(state) as heir:
        assert heir.run("SELECT number FROM kept ORDER BY 1") == "[(1,), (2,)]"
    assert server(state) is None
    # And nobody else reads the data
    assert (state / "postgres").stat().st_mode & 0o077 == 0


class TestState:
    def test_a_path_with_a_space(self, tmp_path):
        with pytest.raises(ImproperlyConfigured, match=r"PORTAL_STATE=.*路径里有空格") as caught:
            Cluster(tmp_path / "a b").ensure_running()
        assert "\n" not in str(caught.value)
        assert list(tmp_path.iterdir()) == []

    def test_is_said_in_one_line(self, tmp_path):
        code, output = python(["manage.py", "migrate"], tmp_path / "a b")
        assert code == 1
        assert output.startswith("错误：PORTAL_STATE=")
        assert output.count("\n") == 1

    def test_a_place_where_no_folder_can_be(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(ImproperlyConfigured, match=r"PORTAL_STATE=.*不能写入"):
            Cluster(tmp_path / "file" / "state").ensure_running()

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_may_not_be_written(self, tmp_path):
        tmp_path.chmod(0o500)
        with pytest.raises(ImproperlyConfigured, match=r"PORTAL_STATE=.*不能写入"):
            Cluster(tmp_path / "state").ensure_running()

    def test_a_long_path_gets_a_short_socket(self):
        short, long = Path("/srv/portal"), Path("/srv") / ("portal" * 20)
        assert Cluster(short).socket_dir == short / "postgres"
        folder = Cluster(long).socket_dir
        assert len(os.fsencode(folder)) <= LONGEST_SOCKET_DIR
        assert folder != Cluster(long / "other").socket_dir
