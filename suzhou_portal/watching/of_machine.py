"""What the portal stands on: disk, database, clock, and whether it may write."""

import datetime
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from suzhou_portal import health
from suzhou_portal.database import room, writable
from suzhou_portal.service import runs
from suzhou_portal.service.models import CheckState, RunKind
from suzhou_portal.watching.checks import Looking, Seen, checking

MEGABYTE = 1024 * 1024
SCARCE = 10 * 1024  # megabytes: below, a tenth of a disk is little
ASKEW, WRONG = 5.0, 60.0  # seconds between two clocks
_SIZE = "SELECT pg_database_size(current_database()), current_setting('server_version')"


@checking(
    "disk", "磁盘", "磁盘满了，门户只能查看，不能保存。", asks_database=False,
    gauges={"disk_free_bytes": "Free bytes where the portal keeps what it has, or its backups: the fewer."},
)  # fmt: skip
def roomy(looking: Looking) -> Seen:
    """The disk of the portal's state, and that of its backups."""
    state, told, least = CheckState.FINE, [], []
    for name, folder in (("数据", settings.PORTAL_STATE), ("备份", settings.PORTAL_BACKUPS)):
        usage = shutil.disk_usage(_there(folder))
        free = usage.free // MEGABYTE
        least.append(usage.free)
        told.append(f"{name}所在的磁盘剩{free}MB")
        if free < settings.PORTAL_FREE_MB:
            state = CheckState.FAULT
        elif state == CheckState.FINE and free < min(SCARCE, usage.total // MEGABYTE // 10):
            state = CheckState.CAUTION
    values = {"disk_free_bytes": min(least)}
    fine = state == CheckState.FINE
    advice = "" if fine else (
        f"磁盘将满。删去不要的文件、把旧备份移到别处，或换大的磁盘；少于{settings.PORTAL_FREE_MB}MB时门户只能查看。"
    )  # fmt: skip
    return Seen(state, "，".join(dict.fromkeys(told)), advice, values)


def _there(folder: Path) -> Path:
    """The folder, or the closest one above that is there."""
    return next(one for one in (folder, *folder.parents) if one.is_dir())


@checking(
    "backup_room", "下一个备份的空间", "备份写到一半没有空间，这一夜就没有备份。",
)  # fmt: skip
def backup_fits(looking: Looking) -> Seen:
    """By the size of the last one."""
    last = runs.latest(RunKind.BACKUP, succeeded=True)
    size = (last.bytes or 0) if last else 0
    free = shutil.disk_usage(_there(settings.PORTAL_BACKUPS)).free
    told = f"上一个备份{size // MEGABYTE}MB，还剩{free // MEGABYTE}MB" if last else "还没有备份"
    if free > 3 * size:
        return Seen(CheckState.FINE, told)
    state = CheckState.CAUTION if free > size else CheckState.FAULT
    return Seen(
        state,
        told,
        "把旧备份移到别处，用 PORTAL_BACKUPS_KEPT 少留几个，或用 PORTAL_BACKUPS 换地方。",
    )


@checking(
    "writes", "保存", "能不能保存填报的内容。",
    gauges={"reading_only": "1 where the portal can only be read, else 0."},
)  # fmt: skip
def writes(looking: Looking) -> Seen:
    """As `/readyz` finds out."""
    well = health.readyz()[0]["writes"] == "ok"
    why = writable.why_not() or ("" if well else writable.READ_ONLY)
    values = {"reading_only": float(bool(why))}
    if not why:
        return Seen(CheckState.FINE, "可以保存", values=values)
    advice = "清出磁盘空间，或让数据库恢复写入；恢复以后门户自己会知道。"
    return Seen(CheckState.FAULT, f"{why}，门户现在只能查看", advice, values)


@checking("schema", "数据库结构", "数据库要与这个版本的门户相符。")
def fitting(looking: Looking) -> Seen:
    """As `/readyz` finds out."""
    told = health.readyz()[0]
    if told["migrations"] == "applied" and told["columns"] == "ok":
        return Seen(CheckState.FINE, "与这个版本相符")
    missing = "还有没有执行的迁移" if told["migrations"] != "applied" else "缺少列"
    return Seen(CheckState.FAULT, missing, "运行 manage.py prepare，它会升级数据库。")


@checking(
    "database", "数据库", "记录都在数据库里。",
    gauges={"database_bytes": "Size of the database."},
)  # fmt: skip
def served(looking: Looking) -> Seen:
    """Which one it is, how large, and whether it lets enough in."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE)
        [(size, version)] = cursor.fetchall()
    own = "内置" if settings.DATABASES["default"]["ENGINE"] == "suzhou_portal.embedded" else "独立"
    told = f"{own}的 PostgreSQL {version}，{size // MEGABYTE}MB"
    short = room.shortage(settings.WORKERS * settings.PORTAL_THREADS)
    values = {"database_bytes": size}
    return Seen(CheckState.CAUTION if short else CheckState.FINE, told, short, values)


@checking(
    "clock", "时钟", "统计截至、时限、会话都按时钟计算。",
    gauges={"clock_offset_seconds": "The database's clock less the portal's."},
)  # fmt: skip
def in_time(looking: Looking) -> Seen:
    """The database's clock beside this machine's, and what was run beside both."""
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        [(there,)] = cursor.fetchall()
        here = before + (timezone.now() - before) / 2
    offset = (there - here).total_seconds()
    values = {"clock_offset_seconds": offset}
    last = runs.latest(RunKind.BACKUP)
    ahead = last is not None and last.finished_at > here + datetime.timedelta(seconds=WRONG)
    if abs(offset) <= ASKEW and not ahead:
        return Seen(CheckState.FINE, "门户与数据库的时钟一致", values=values)
    state = CheckState.FAULT if abs(offset) > WRONG else CheckState.CAUTION
    told = "最近一次备份记在将来，时钟被拨回过" if ahead else f"数据库的时钟相差{offset:.0f}秒"
    return Seen(state, told, "让门户和数据库所在的机器都与时间服务器对时（如 chrony）。", values)
