"""Who acts: kept for the time of a request or command, and told to the database before it writes.

The triggers of `triggers.sql` read it from the setting `portal.actor` of the connection, so that a
bulk operation or raw SQL is signed as any other write.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from suzhou_portal.audit.enums import Action

_WRITES = re.compile(r"\b(?:insert|update|delete|truncate|copy|merge)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Actor:
    """Who acts: an account's number and name (None and a command's name without one), and from where.

    `user` is the account itself, where a signed-in request acts.
    """

    id: int | None = None
    name: str = ""
    address: str = ""
    origin: str = ""
    user: Any = None

    def as_json(self) -> str:
        """What the database is told."""
        told = {"id": self.id, "name": self.name, "address": self.address, "origin": self.origin}
        return json.dumps(told, ensure_ascii=False)


def _command() -> Actor:
    words = " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]])
    return Actor(name="系统命令", origin=words[:300])


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
    action: Action, *, by: Actor | None = None, using: str = "default", **about: Any
) -> None:
    """Write down an event that no trigger sees: a sign-in, a look at personal data, an export."""
    from suzhou_portal.audit.models import AuditEntry

    actor = by or current()
    AuditEntry.objects.using(using).create(
        actor_id=actor.id,
        actor_name=actor.name,
        address=actor.address,
        origin=actor.origin,
        action=action,
        **about,
    )


def announce_actor(connection: Any, **kwargs: Any) -> None:
    """Have a new connection sign what it writes."""
    if _announce not in connection.execute_wrappers:
        connection.execute_wrappers.append(_announce)


def _announce(execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
    # Told before each write and not once: a rollback would take the setting back unnoticed.
    if not isinstance(sql, str) or _WRITES.search(sql):
        told = [current().as_json()]
        execute("SELECT set_config('portal.actor', %s, false)", told, False, context)
    return execute(sql, params, many, context)
