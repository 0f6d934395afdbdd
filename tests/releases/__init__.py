"""What each release left behind, from which every later version must be able to upgrade.

A folder a release (`1.0.0/`): `migrations.json`, the digest of each migration it had, and `backup.zip`, its
demonstration as `manage.py backup` wrote it. Cut by `python -m tests.releases`.
"""

import hashlib
import json
import os
from pathlib import Path

from django.conf import settings

HOME = Path(__file__).parent


def folders() -> list[Path]:
    """Those of all releases, the oldest first."""
    found = (path.parent for path in HOME.glob("*/migrations.json"))
    return sorted(found, key=lambda path: [int(part) for part in path.name.split(".")])


def migrations() -> dict[str, str]:
    """The digest of each migration of ours, by its path."""
    root = Path(settings.BASE_DIR)
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.glob("*/**/migrations/[0-9]*.py"))
        if not {".venv", "var", "tests"} & {*path.relative_to(root).parts}
    }


def released(folder: Path) -> dict[str, str]:
    """What `migrations` said when that release was cut."""
    return json.loads((folder / "migrations.json").read_text(encoding="utf-8"))


def environment(state: Path) -> dict[str, str]:
    """In which commands work on a portal of their own, whatever the environment says."""
    ours = "DATABASE_", "DJANGO_", "PORTAL_", "SECRET_KEY"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PORTAL_STATE": str(state)}
