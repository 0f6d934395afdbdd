"""PostgreSQL's own programs, and how they reach the database that the portal uses as its owner."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from psycopg.conninfo import make_conninfo

from suzhou_portal.embedded import cluster
from suzhou_portal.keeping.errors import KeepingError

# What Django tells psycopg and not the server's library.
_PSYCOPGS_OWN = {"cursor_factory", "context", "prepare_threshold", "autocommit", "row_factory"}


def major(version: int) -> int:
    """The major version of a number as the server tells it, such as 180001."""
    return version // 10_000


def server_major() -> int:
    """The major version of the database's server."""
    connections["owner"].ensure_connection()
    return major(connections["owner"].connection.info.server_version)


@cache
def program(name: str, least: int) -> Path:
    """A program of PostgreSQL whose major version is at least so high: the embedded one's, or one of
    PATH. Raises KeepingError where there is none.
    """
    found = []
    for folder in (_embedded(), None):
        path = shutil.which(name, path=folder)
        if path:
            found.append(version := version_of(path))
            if version >= least:
                return Path(path)
    have = f"只有版本{max(found)}的" if found else "没有"
    raise KeepingError(
        f"本机{have} {name}，需要PostgreSQL {least}或更新的：请安装 postgresql-client。"
    )


def reaching() -> tuple[str, dict[str, str]]:
    """What a program is told to reach the database as its owner: arguments anybody may see, and an
    environment with the password.
    """
    params = {
        name: value
        for name, value in connections["owner"].get_connection_params().items()
        if name not in _PSYCOPGS_OWN and value not in (None, "")
    }
    password = params.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return make_conninfo(**params), {**os.environ, "LC_ALL": "C", **secret}


@contextmanager
def running(path: Path, *arguments: str, **streams: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The program while it runs; it is killed where what it is needed for fails. Raises KeepingError
    with what it says where it does not succeed.
    """
    _, environment = reaching()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - fixed words, our own paths and settings
            [path, *arguments], env=environment, stderr=said, **streams
        )
        try:
            with process:
                yield process
        except BaseException as error:
            # Whoever is written to and listens no more has failed first, and says why.
            if not (isinstance(error, BrokenPipeError) and process.stdin):
                process.kill()
                raise
        if process.wait():
            raise KeepingError(f"{path.name} 没有成功：{_last_words(said)}")


def _last_words(said: IO[bytes]) -> str:
    said.seek(0)
    return " ".join(said.read().decode(errors="replace").split("\n")[-5:]).strip()[-600:]


def _embedded() -> str | None:
    with suppress(ImproperlyConfigured):
        return str(cluster.binaries())
    return None


def version_of(path: str | Path) -> int:
    """The major version of a program; 0 where it does not tell."""
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"(\d+)(?:\.\d+|devel|beta|rc)", told.stdout)
    return int(found[1]) if found else 0
