"""Trying a backup: restored into a portal of its own, which lives for that long and touches no other."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

from suzhou_portal.embedded.cluster import Cluster
from suzhou_portal.keeping.errors import KeepingError
from suzhou_portal.keeping.packs import BackupFile
from suzhou_portal.keeping.passing import passing
from suzhou_portal.keeping.restore import Tell

PREFIX = "portal-check-"
ROOM = 512 * 1024 * 1024  # bytes that a database cluster takes before anything is in it


def attempt(backup: BackupFile, tell: Tell) -> str:
    """Restore and prove it beside what runs; passes on what is told there, and returns the last line of
    it. Raises KeepingError.
    """
    _refuse_full_disk(backup)
    with passing(PREFIX, lambda left: Cluster.under(left).take_down()) as state:
        manage = str(settings.BASE_DIR / "manage.py")
        command = [sys.executable, manage, "restore", str(backup.path)]
        process = subprocess.Popen(  # noqa: S603 - fixed words and our own paths
            command, env=_environment(state, backup), stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        line = ""
        try:
            with process:
                for line in process.stdout or ():
                    tell(line.rstrip())
        finally:
            process.kill()
            Cluster.under(state).take_down()
    if process.returncode:
        raise KeepingError(f"这个备份没有恢复成功：{line.strip()}")
    return line.strip()


def _refuse_full_disk(backup: BackupFile) -> None:
    members = sum(told["bytes"] for told in backup.members.values())
    needed = ROOM + members + 2 * int(backup.manifest["database_bytes"])
    folder = tempfile.gettempdir()
    if (free := shutil.disk_usage(folder).free) < needed:
        raise KeepingError(
            f"试恢复大约需要{needed >> 20}MB，{folder} 只剩{free >> 20}MB：请清理，或用 TMPDIR 另指文件夹。"
        )


def _environment(state: Path, backup: BackupFile) -> dict[str, str]:
    """Settings of a portal with nothing but an embedded database of its own."""
    return {
        **os.environ,
        "PORTAL_STATE": str(state),
        "PORTAL_AREA": backup.manifest["area"],
        "PORTAL_BACKUPS": "",
        "DATABASE_URL": "",
        "DATABASE_OWNER_URL": "",
        "SECRET_KEY": "",
    }
