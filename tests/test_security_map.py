"""`docs/security.md` names tests that exist."""

import re
from pathlib import Path

from django.conf import settings

HOME = Path(settings.BASE_DIR)
TEXT = (HOME / "docs" / "security.md").read_text(encoding="utf-8")


def named():
    """File and name of each test the page points to; a name alone belongs to the file before it."""
    file = ""
    for quoted in re.findall(r"`((?:tests/\S+?\.py)?(?:::\w+)?)`", TEXT):
        path, _, name = quoted.partition("::")
        file = path or file
        if file:
            yield file, name


def test_what_it_points_to_is_there():
    assert set(named())
    for file, name in set(named()):
        source = (HOME / file).read_text(encoding="utf-8")
        there = re.search(rf"^(?:class|def) {name}\b", source, re.MULTILINE) if name else source
        assert there, (file, name)
