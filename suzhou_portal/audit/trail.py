"""Who acts: kept for the time of a request or command, and told to the database before it writes.

The triggers of `triggers.sql` read it from the setting `portal.actor` of the connection, so that a
bulk operation, COPY or raw SQL is signed as any other write.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections

from suzhou_portal import formats
from suzhou_portal.audit.enums import Action

# What may write; `call`, `do` and `execute` hide it from sight.
_WRITES = re.compile(
    r"\b(?:insert|update|delete|truncate|copy|merge|call|do|execute)\b", re.IGNORECASE
)
LONGEST = 300  # of origin and note


@dataclass(frozen=True)
class Actor:
    """Who acts: an account's number and name (None and a command's name without one), and from where.

    `user` is the account itself, where a signed-in request acts. A phone number in the origin, an
    address that somebody typed, is masked.
    """

    id: int | None = None
    name: str = ""
    address: str = ""
    origin: str = ""
    user: Any = None

    def __post_init__(self):
        object.__setattr__(self, "origin", _kept(self.origin))

    def as_json(self) -> str:
        """What the database is told."""
        told = {"id": self.id, "name": self.name, "address": self.address, "origin": self.origin}
        return json.dumps(told, ensure_ascii=False)


def _command() -> Actor:
    words = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return Actor(name="系统命令", origin=words)


_source: ContextVar[Callable[[], Actor]] = ContextVar("audit_actor", default=_command)


def current() -> Actor:
    """Who acts now."""
    return _source.get()()


@contextmanager
def acting(source: Callable[[], Actor]) -> Iterator[None]:
    """All writes inside are signed by what `source` says at that moment."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def record(
    action: Action, *, by: Actor | None = None, using: str = "default", note: str = "", **about: Any
) -> None:
    """Write down what no trigger sees: a sign-in, a look at personal data, an export; phones masked."""
    actor = by or current()
    told = {
        "action": action, "actor_id": actor.id, "actor_name": actor.name, "address": actor.address,
        "origin": actor.origin, "note": _kept(note), "model": "", "object_id": "", "area_code": "",
        **about,
    }  # fmt: skip
    named = ", ".join(f"{name} => %s" for name in told)
    # No text of the database holds a NUL; an address may.
    whole = [one.replace("\0", "") if isinstance(one, str) else one for one in told.values()]
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT portal_note({named})", whole)


def look(records: Iterable[Any]) -> None:
    """Write down that somebody is shown records of one kind, where its model withholds something of
    them from all but a few: one entry, however many.
    """
    shown_in_full([one for one in records if getattr(one, "withheld", ())])


def shown_in_full(shown: Sequence[Any]) -> None:
    """Write down that somebody is shown what others are not of these records of one kind, likewise."""
    if not shown:
        return
    keys = "、".join(str(one.pk) for one in shown)
    areas = {one.area_id for one in shown}
    record(
        Action.LOOK,
        model=shown[0]._meta.label_lower,
        object_id=keys if len(shown) == 1 else "",
        area_code=areas.pop() if len(areas) == 1 else "",
        note="" if len(shown) == 1 else f"{len(shown)}条，编号{keys}",
    )


def _kept(text: str) -> str:
    # Cut afterwards: half a number would not be known for one.
    return formats.without_phones(text)[:LONGEST]


def announce_actor(connection: Any, **kwargs: Any) -> None:
    """Have a new connection sign what it writes."""
    raw = connection.connection
    raw.cursor_factory = type("SigningCursor", (_Signing, raw.cursor_factory), {})


class _Signing:
    """A cursor of psycopg that first tells the database who acts; COPY passes Django's wrappers by.

    Before each write and not once: a connection serves many requests, and a rollback would take the
    setting back unnoticed.
    """

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        self._sign(query)
        return super().execute(query, *args, **kwargs)  # type: ignore[misc]

    def executemany(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        self._sign(query)
        return super().executemany(query, *args, **kwargs)  # type: ignore[misc]

    def copy(self, statement: Any, *args: Any, **kwargs: Any) -> Any:
        self._sign(statement)
        return super().copy(statement, *args, **kwargs)  # type: ignore[misc]

    def _sign(self, query: Any) -> None:
        if not isinstance(query, str) or _WRITES.search(query):
            told = [current().as_json()]
            super().execute("SELECT set_config('portal.actor', %s, false)", told)  # type: ignore[misc]
