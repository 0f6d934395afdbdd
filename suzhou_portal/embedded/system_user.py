"""Who runs the embedded PostgreSQL: ourselves, or, as root, a system user without any rights.

PostgreSQL refuses to run as root, and containers and fresh machines often offer nobody else.
"""

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

NAME = "suzhou-portal"


def entry() -> pwd.struct_passwd:
    """The system user's entry, made at the first call. Raises ImproperlyConfigured where it can't be."""
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        pass
    useradd = shutil.which("useradd")
    if useradd is None:
        raise ImproperlyConfigured(
            f"以 root 运行内置数据库需要系统用户 {NAME}，而本机没有 useradd；请改用普通用户运行。"
        )
    command = [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
    subprocess.run(command, check=True)  # noqa: S603 - fixed words
    return pwd.getpwnam(NAME)


def identity() -> dict[str, Any]:
    """What subprocess.run needs to run a program as that user; nothing where we are not root."""
    if os.geteuid() != 0:
        return {}
    user = entry()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def give(folder: Path) -> None:
    """Hand a folder over to that user; nothing where we are not root."""
    if os.geteuid() == 0:
        user = entry()
        os.chown(folder, user.pw_uid, user.pw_gid)


def open_way_to(folder: Path) -> None:
    """Let other users pass through (not read) each parent folder, as root only."""
    for place in (folder, *folder.parents):
        mode = place.stat().st_mode
        if not mode & stat.S_IXOTH:
            place.chmod(mode | stat.S_IXOTH)
