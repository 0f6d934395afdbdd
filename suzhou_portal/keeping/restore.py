"""Restoring a portal from a backup, and proving what was restored.

At every moment the database, the former one or the restored one, finds all its files: those of the
backup are put beside the former ones before the database changes, and the former ones go when all is
proved. No two files of the portal ever have one name.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from suzhou_portal.database import schema
from suzhou_portal.keeping import database, packs, stored
from suzhou_portal.keeping.errors import KeepingError

REPLACED = "replaced-"
Tell = Callable[[str], object]


@dataclass
class Proof:
    """What was found in the restored portal. `lost` had the backup not either; `aside` is the folder
    with files that nothing refers to any more.
    """

    rows: int = 0
    files: int = 0
    lost: list[str] = field(default_factory=list)
    aside: Path | None = None


def readable(path: Path) -> packs.BackupFile:
    """A backup that this version can restore, every byte of which was read. Raises KeepingError."""
    backup = packs.BackupFile(path)
    told = backup.manifest
    unknown = {(app, name) for app, name in told["migrations"]} - schema.known()
    if unknown:
        app, name = min(unknown)
        raise KeepingError(
            f"{path} 是更新版本（{told['portal']}）的门户备份的，本版本没有 {app}.{name}："
            "请先升级本门户。没有恢复。"
        )
    backup.verify()
    return backup


def refuse_target(backup: packs.BackupFile, *, replace: bool) -> None:
    """Raise KeepingError where this is no place for the backup."""
    area = backup.manifest["area"]
    if area != settings.PORTAL_AREA:
        raise KeepingError(
            f"备份属于区划 {area}，本站是 {settings.PORTAL_AREA}：请先设置 PORTAL_AREA={area}。没有恢复。"
        )
    connections["default"].close()
    if count := database.in_use():
        raise KeepingError(
            f"还有{count}个连接在使用数据库：请先停止门户（包括 work_queue 等进程）。没有恢复。"
        )
    if not replace and database.holds_records():
        raise KeepingError("数据库中已有记录。确要全部替换，请加 --replace。没有恢复。")


def restore(backup: packs.BackupFile, tell: Tell) -> Proof:
    """Put everything in place, bring it up to this version, and prove it. Raises KeepingError, before
    the database has changed; what goes wrong afterwards is a CommandError of what was called.
    """
    put_files(backup)
    tell("附件已就位，正在恢复数据库……")
    database.put(backup)
    tell(put_key(backup))
    tell("数据库已恢复，正在核对……")
    call_command("migrate", verbosity=0)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    proof = prove_files(backup)
    proof.rows = sum(backup.manifest["rows"].values())
    proof.aside = put_aside()
    call_command("refresh_figures", verbosity=0)
    call_command("audit_figures", verbosity=0)
    return proof


def put_files(backup: packs.BackupFile) -> None:
    """Put the backup's files where they are looked for. Raises KeepingError."""
    try:
        for name, told in backup.uploads().items():
            place = stored.place_of(name)
            if not _is(place, told):
                _make_way(place.parent)
                _write(backup, packs.UPLOADS + name, place)
        os.sync()
    except (OSError, SuspiciousFileOperation) as error:
        raise KeepingError(f"附件没有写成，数据库没有改变：{error}") from error


def put_key(backup: packs.BackupFile) -> str:
    """Put the secret key in place where the portal keeps its own; what is to be told of it."""
    with backup.open(packs.KEY) as member:
        key = member.read().decode()
    own = settings.PORTAL_STATE / "secret_key"
    if key == settings.SECRET_KEY:
        return "密钥与备份时相同。"
    if not own.is_file() or own.read_text() != settings.SECRET_KEY:
        return "设置的 SECRET_KEY 与备份时不同：密钥没有改变，备份时的登录和链接不再有效。"
    _write(backup, packs.KEY, own)
    return "密钥已恢复。"


def prove_files(backup: packs.BackupFile) -> Proof:
    """Open every file that a record refers to, and hold it against record and backup. Raises
    KeepingError with the names of those that are not as they were.
    """
    uploads, known_lost = backup.uploads(), set(backup.manifest["missing"])
    proof, wrong = Proof(), []
    for name, told in stored.named("owner").items():
        if name in known_lost:
            proof.lost.append(name)
            continue
        proof.files += 1
        expected = uploads.get(name)
        of_record = {told.size, told.sha256} - {None}
        if (
            expected is None
            or not of_record <= {*expected.values()}
            or not _is(stored.place_of(name), expected)
        ):
            wrong.append(name)
    if wrong:
        raise KeepingError(f"数据库已恢复，但{len(wrong)}个附件与备份不符：{'、'.join(wrong[:5])}")
    return proof


def put_aside() -> Path | None:
    """Move files to which nothing refers out of the storage; the folder, None where there were none."""
    names, root = stored.named("owner"), stored.root()
    aside = settings.PORTAL_STATE / f"{REPLACED}{timezone.localtime():%Y%m%d-%H%M%S}"
    for folder, _, files in os.walk(root):
        for file in files:
            place = Path(folder) / file
            name = place.relative_to(root)
            if str(name) not in names:
                _make_way((aside / name).parent)
                place.rename(aside / name)
    return aside if aside.exists() else None


def _is(place: Path, told: dict) -> bool:
    if not place.is_file() or place.stat().st_size != told["bytes"]:
        return False
    with place.open("rb") as file:
        return packs.digest(file) == (told["bytes"], told["sha256"])


def _write(backup: packs.BackupFile, member: str, place: Path) -> None:
    """Whole or not at all, readable by nobody else."""
    with (
        backup.open(member) as source,
        tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft,
    ):
        try:
            for piece in packs.pieces(source):
                draft.write(piece)
            draft.flush()
            Path(draft.name).replace(place)
        except BaseException:
            Path(draft.name).unlink(missing_ok=True)
            raise


def _make_way(folder: Path) -> None:
    """Make a folder, and those around it that are missing, for nobody else."""
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)
