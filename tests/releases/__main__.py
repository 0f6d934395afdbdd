"""Cut a release: freeze its migrations, and keep a backup of its demonstration to be upgraded by all that follow.

The version is that of pyproject.toml; CHANGELOG.md must have its section.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after the setup

from suzhou_portal.keeping.backup import version  # noqa: E402
from tests import releases  # noqa: E402


def main() -> None:
    """Raises SystemExit where the release cannot be cut, and leaves nothing."""
    folder = releases.HOME / version()
    if (folder / "backup.zip").exists():
        sys.exit(f"{version()} was cut already; what is released stays as it is")
    changes = (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"\n## {version()} " not in changes:
        sys.exit(f"CHANGELOG.md has no section “## {version()} – DATE”")
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="portal-release-") as state:
        told = releases.environment(Path(state))
        for words in (["prepare", "--demo"], ["backup", str(folder / "backup.zip")]):
            subprocess.run(
                [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env=told, check=True
            )
    text = json.dumps(releases.migrations(), indent=1)
    (folder / "migrations.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
