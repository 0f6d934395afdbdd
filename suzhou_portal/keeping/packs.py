"""The file of a backup: a zip whose manifest, its last member, says of each other one size and digest."""

import fcntl
import hashlib
import json
import os
import struct
import time
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from suzhou_portal.keeping.errors import KeepingError
from suzhou_portal.keeping.passing import is_left

FORMAT = 1
MANIFEST, DUMP, KEY, UPLOADS = "manifest.json", "database.dump", "secret_key", "uploads/"
# What the manifest says besides, of the moment that was kept.
TOLD = {
    "portal", "moment", "postgresql", "pg_dump", "area", "migrations", "rows", "missing", "database_bytes",
}  # fmt: skip
PARTIAL = ".partial"
PIECE = 1024 * 1024  # bytes
# What reading a damaged zip may raise.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, KeyError, ValueError, TypeError,
    NotImplementedError, RuntimeError, OverflowError, AttributeError,
)  # fmt: skip


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """What is left of the file, piece by piece."""
    while piece := file.read(PIECE):
        yield piece


def digest(file: IO[bytes], copy: IO[bytes] | None = None) -> tuple[int, str]:
    """How many bytes are left of the file, and their SHA-256; they are copied, too, where that is given."""
    size, sha = 0, hashlib.sha256()
    for piece in pieces(file):
        size += len(piece)
        sha.update(piece)
        if copy:
            copy.write(piece)
    return size, sha.hexdigest()


class PackWriter:
    """A backup that is being written. Members are stored as they are: what we keep is compressed."""

    def __init__(self, pack: zipfile.ZipFile):
        self.members: dict[str, dict[str, Any]] = {}
        self._pack = pack

    def add(self, name: str, source: IO[bytes]) -> None:
        """Add what is left of the source as a member."""
        with self._pack.open(_entry(name), "w", force_zip64=True) as target:
            size, sha = digest(source, target)
        self.members[name] = {"bytes": size, "sha256": sha}

    def finish(self, told: dict[str, Any]) -> None:
        """Add the manifest, after all else: a file without it was cut off."""
        whole = {"format": FORMAT, **told, "members": self.members}
        self._pack.writestr(_entry(MANIFEST), json.dumps(whole, ensure_ascii=False, indent=1))


@contextmanager
def written(path: Path) -> Iterator[PackWriter]:
    """A backup, written beside `path` for nobody else to read, which is there under that name only once
    it is whole, read again and safe on the disk. Raises KeepingError.
    """
    if path.exists():
        raise KeepingError(f"{path} 已经存在，没有备份；请换一个文件名。")
    if not path.parent.is_dir():
        raise KeepingError(f"没有文件夹 {path.parent}，没有备份。")
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}{PARTIAL}")
    try:
        with _held(partial) as file:
            with zipfile.ZipFile(file, "w") as pack:
                yield PackWriter(pack)
            file.flush()
            os.fsync(file.fileno())
            BackupFile(partial).verify()
            partial.rename(path)
        _settle(path.parent)
    except OSError as error:
        raise KeepingError(f"没有写成 {path}：{error.strerror or error}。") from error
    finally:
        partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what backups that were killed left in the folder. Who still writes one holds its lock."""
    for partial in folder.glob(f".*{PARTIAL}"):
        if is_left(partial):
            partial.unlink()


class BackupFile:
    """A backup as it is read. Raises KeepingError for what is none, or is none any more."""

    def __init__(self, path: Path):
        self.path = path
        try:
            self._pack = zipfile.ZipFile(path)
            self.manifest: dict[str, Any] = json.loads(self._pack.read(MANIFEST))
            self.members: dict[str, dict[str, Any]] = self.manifest["members"]
            known = int(self.manifest["format"])
            told = known > FORMAT or self.manifest.keys() >= TOLD
        except FileNotFoundError as error:
            raise KeepingError(f"没有文件 {path}。") from error
        except _DAMAGED as error:
            raise KeepingError(f"{path} 不是本门户的备份，或者不完整、已损坏。") from error
        if known > FORMAT:
            raise KeepingError(f"{path} 是更新版本的门户备份的，请先升级本门户。")
        if not told:
            raise KeepingError(f"{path} 不完整：清单中缺少内容。")

    def verify(self) -> None:
        """Read all of it, and hold each member against the manifest. Raises KeepingError."""
        if {*self._pack.namelist()} != {*self.members, MANIFEST}:
            raise KeepingError(f"{self.path} 不完整：内容与清单不符。")
        for name, told in self.members.items():
            try:
                with self._pack.open(name) as member:
                    found = digest(member)
            except _DAMAGED as error:
                raise KeepingError(f"{self.path} 已损坏：{name} 读不出来。") from error
            if found != (told["bytes"], told["sha256"]):
                raise KeepingError(f"{self.path} 已损坏：{name} 与清单不符。")

    def open(self, name: str) -> IO[bytes]:
        """A member, to be read."""
        return self._pack.open(name)

    def uploads(self) -> dict[str, dict[str, Any]]:
        """The files kept with records, by the name the storage has for them."""
        return {
            name.removeprefix(UPLOADS): told
            for name, told in self.members.items()
            if name.startswith(UPLOADS)
        }


@contextmanager
def _held(partial: Path) -> Iterator[IO[bytes]]:
    descriptor = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, time.localtime()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _settle(folder: Path) -> None:
    """Have the folder's own list of names written to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
