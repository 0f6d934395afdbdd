"""Files of earlier versions, which others on the machine could read."""

import logging
from contextlib import suppress
from pathlib import Path

from suzhou_portal.files.models import private_storage

_log = logging.getLogger(__name__)


def close_to_others() -> None:
    """Leave what is stored to its owner. Done once: the outermost folder, closed last, tells of it."""
    outermost = Path(private_storage().location)
    if not outermost.is_dir() or not outermost.stat().st_mode & 0o077:
        return
    try:
        for place in outermost.rglob("*"):
            with suppress(FileNotFoundError):  # it went meanwhile
                place.chmod(0o700 if place.is_dir() else 0o600)
        outermost.chmod(0o700)
    except PermissionError as error:
        _log.warning("%s belongs to somebody else and stays as open as it is", error.filename)
