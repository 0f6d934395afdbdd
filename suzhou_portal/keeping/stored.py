"""The files that records refer to, held fast while a backup is made, however many go meanwhile."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from suzhou_portal.files.models import private_storage

PREFIX = "backing-up-"


@dataclass(frozen=True)
class Named:
    """A file that a record refers to: its size in bytes and SHA-256, where the record tells them."""

    size: int | None
    sha256: str | None


def holders() -> Iterator[tuple[type[models.Model], models.FileField]]:
    """Each column that refers to stored files."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                yield model, field


def named(using: str) -> dict[str, Named]:
    """What records refer to, by its name in the storage. A model whose file goes before its row does
    says in `holds_file` which rows have one.
    """
    found = {}
    for model, field in holders():
        rows = model._base_manager.using(using).exclude(**{field.name: ""})
        told = {column.name for column in model._meta.concrete_fields} & {"size", "digest"}
        asked = rows.filter(getattr(model, "holds_file", Q()))
        for row in asked.values(field.name, *told).iterator():
            found[row[field.name]] = Named(row.get("size"), row.get("digest"))
    return found


def root() -> Path:
    """The folder of the storage."""
    return Path(private_storage().location)


def place_of(name: str) -> Path:
    """Where the storage has a file. Raises SuspiciousFileOperation for a name that leads out of it."""
    return Path(private_storage().path(name))


class HeldFiles:
    """Links to stored files: what is deleted in the storage meanwhile is still here."""

    def __init__(self, folder: Path):
        self._folder = folder

    def take_all(self) -> None:
        """Hold whatever is stored now."""
        for folder, _, files in os.walk(root()):
            for file in files:
                self._take(str((Path(folder) / file).relative_to(root())))

    def missing(self, names: Iterator[str] | dict[str, Any]) -> set[str]:
        """Hold these as well; which of them are not there, and were not before."""
        return {name for name in names if not self._take(name)}

    def path(self, name: str) -> Path:
        """Where the held file can be read."""
        return self._folder / name

    def _take(self, name: str) -> bool:
        held = self.path(name)
        held.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            _link(place_of(name), held)
        return held.exists()


@contextmanager
def holding() -> Iterator[HeldFiles]:
    """A folder beside the storage for links, which goes afterwards, with what killed ones left. Only
    one backup at a time may do this.
    """
    beside = root().parent
    beside.mkdir(parents=True, exist_ok=True)
    for left in beside.glob(f"{PREFIX}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=beside) as folder:
        yield HeldFiles(Path(folder))


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except (FileExistsError, FileNotFoundError):
        if not target.exists():
            raise
    except OSError:  # a file system without links, or a file of somebody else's
        shutil.copyfile(source, target)
