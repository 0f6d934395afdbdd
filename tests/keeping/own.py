"""A PostgreSQL of one's own, as a site may have it: another major version than the embedded one's."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from django.conf import settings

from suzhou_portal.embedded import system_user

# Debian's, the newest last.
INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: one.parts[-3])


class OwnServer:
    """A portal on a server that was installed, with an owner and an application of its own."""

    def __init__(self, port, state):
        self.port, self.state = port, state

    def connect(self, user, database="portal"):
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user=user, dbname=database, autocommit=True
        )

    def said(self, *command):
        """What a command of the portal says there."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR, env=self._environment(), capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self):
        url = f"postgres://{{}}@127.0.0.1:{self.port}/portal"
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "suzhou_portal.settings",
            "PORTAL_STATE": str(self.state),
            "DATABASE_URL": url.format("app"),
            "DATABASE_OWNER_URL": url.format("boss"),
            "SECRET_KEY": "of a site of its own",
        }


@contextlib.contextmanager
def serving(state):
    """The newest installed server, with an empty database."""
    run = INSTALLED[-1].parent
    with socket.socket() as probe, tempfile.TemporaryDirectory(prefix="portal-own-") as folder:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        system_user.give(Path(folder))
        data = f"{folder}/data"
        options = (
            f"-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        )
        _do(
            run / "initdb",
            "-D",
            data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        _do(run / "pg_ctl", "start", "-w", "-D", data, "-l", f"{folder}/log", "-o", options)
        try:
            server = OwnServer(port, state)
            with server.connect("postgres", "postgres") as connection:
                for statement in ("CREATE ROLE boss LOGIN", "CREATE ROLE app LOGIN"):
                    connection.execute(statement)
                connection.execute("CREATE DATABASE portal OWNER boss")
            yield server
        finally:
            _do(run / "pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)


def _do(*command):
    subprocess.run(
        [*map(str, command)],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        **system_user.identity(),
    )
