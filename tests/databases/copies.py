"""This process's copies of the templates, each made when it is first asked for."""

import subprocess
from collections.abc import Iterable

import pytest

from tests.databases import server, templates

# What a test asks for, and the kind of template it works in a copy of. What several connections write
# is committed, and so has a copy for itself.
ASKED = {
    "committed": "bare",
    "reference": "reference",
    "demonstration": "demonstration",
    "served": "demonstration",
}
EMPTY = "db"
_copies: dict[str, str] = {}
_makers: list[subprocess.Popen] = []


def asked_by(item: pytest.Item) -> str | None:
    """The database a test works in, by the fixture that asks for it; None where it needs none."""
    fixtures = getattr(item, "fixturenames", ())
    for name in ASKED:
        if name in fixtures:
            return name
    uses = item.get_closest_marker("django_db") or {"db", "django_db_setup"} & set(fixtures)
    return EMPTY if uses else None


def prepare(asked: Iterable[str]) -> None:
    """Start making what is missing of the templates that are asked for, and remove what processes
    that ended otherwise than they should have left.
    """
    server.clear()
    kinds = {ASKED.get(one, "bare") for one in asked}
    missing = [kind for kind in templates.KINDS if kind in kinds and not templates.is_ready(kind)]
    if missing:
        _makers.append(templates.making(missing))


def work_in(asked: str) -> None:
    """Point both roles to this process's copy."""
    if asked not in _copies:
        template = templates.ready(ASKED.get(asked, "bare"))
        with server.held(template):
            _copies[asked] = server.new(template)
    server.point(_copies[asked])


def drop() -> None:
    """Leave nothing behind."""
    for maker in _makers:
        maker.terminate()
        maker.wait()
    server.drop(*_copies.values())
    _copies.clear()
    server.server().close()
