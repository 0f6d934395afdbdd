"""What this process remembers of the database, true because it follows the marks of every write.

Once a request, one short look at an index tells which kinds of record were written since the look
before. It compares by a PostgreSQL snapshot: what that does not see was written later, whenever it
began. So two transactions that are open at once cannot hide each other, and nobody waits for anybody.
A snapshot means something only where it was taken: after another database was put in its place, all
begins anew.
Nothing is remembered, nor looked up in what is, inside a transaction or by a request that may write.
"""

import threading
import time
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeVar

from django.core.cache import caches
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from suzhou_portal.database import writable
from suzhou_portal.database.asking import at_once

_LOOK = (
    "SELECT current_setting('transaction_read_only') = 'on', here, pg_current_snapshot()::text,"
    " CASE WHEN here = %s THEN portal_written_since(%s::pg_snapshot) END FROM portal_here() AS here"
)
# Who has not looked for so long starts anew: what was written meanwhile may be a long list.
LONGEST_SECONDS = 600
MOST = 5_000  # values; the oldest go first
_ALL = ""
T = TypeVar("T")


@dataclass
class _Memory:
    """`seen` is where the last look was taken, and its snapshot. `written` says of each table, and
    of all together, at which look it was last found written, `begun` with which look all this
    starts; `values` hold what was made, and after which.
    """

    seen: tuple[str | None, str | None] = None, None
    looked_at: float = 0.0
    looks: int = 0
    begun: int = 0
    written: dict[str, int] = field(default_factory=dict)
    values: dict[Hashable, tuple[int, Any]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_memory = _Memory()
_here = threading.local()


def follows_marks(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what is remembered serves requests that only read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        _here.reads, _here.look = request.method in ("GET", "HEAD"), None
        try:
            return get_response(request)
        finally:
            _here.reads = False

    return middleware


def look() -> int | None:
    """The number of this request's look at the marks, taken when first asked for; None where nothing
    may be remembered. Raises DatabaseError.
    """
    if not getattr(_here, "reads", False) or connection.in_atomic_block:
        return None
    if _here.look is None:
        _here.look = _looked()
    return _here.look


def is_unwritten(since: int, *kinds: type[models.Model]) -> bool:
    """Whether no record of these kinds, or of any where none is named, was written after that look."""
    return since >= _last_written(kinds)


def version_of(*kinds: type[models.Model]) -> int | None:
    """A number, to this process alone, that changes when a record of these kinds is found written;
    None where nothing may be remembered.
    """
    return None if look() is None else _last_written(kinds)


def _last_written(kinds: Iterable[type[models.Model]]) -> int:
    """The look that found a record of these kinds written, or with which all this starts."""
    tables = [kind._meta.db_table for kind in kinds] or [_ALL]
    return max(_memory.begun, *(_memory.written.get(table, 0) for table in tables))


def remembered(key: Hashable, kinds: Iterable[type[models.Model]], make: Callable[[], T]) -> T:
    """What `make` returns, made again once a record of one of these kinds was written, and on another day,
    earlier or later: what is in force, due or late changes with it. None is not remembered.

    It is given to many requests alike, so nobody may change it; small, so that many can be kept.
    """
    now = look()
    if now is None:
        return make()
    key = key, timezone.localdate()
    found = _memory.values.get(key)
    if found is not None and is_unwritten(found[0], *kinds):
        return found[1]
    value = make()
    if value is None:
        return value
    with _memory.lock:
        _memory.values.pop(key, None)
        _memory.values[key] = (now, value)
        if len(_memory.values) > MOST:
            del _memory.values[next(iter(_memory.values))]
    return value


class RenderedPart(SafeString):
    """A part of a page as a template rendered it; `noted` is what the view has to know of it besides."""

    noted: str = ""


def kept_part(
    key: Hashable, kinds: Iterable[type[models.Model]], make: Callable[[], RenderedPart]
) -> RenderedPart:
    """A part of a page, given again as it was rendered until a record of one of these kinds is written.

    With others it shares the bytes of `KEPT_PAGES_MB`.
    """
    version = version_of(*kinds)
    whole = key, version, timezone.localdate()
    name = "" if version is None else sha256(repr(whole).encode()).hexdigest()
    part = caches["template_fragments"].get(name) if name else None
    if part is None:
        part = make()
        if name:
            caches["template_fragments"].set(name, part, None)
    return part


def forget() -> None:
    """Start anew, as another process would."""
    with _memory.lock:
        _memory.seen = None, None
        _memory.values.clear()


def _looked() -> int:
    at = time.monotonic()
    since = _memory.seen if at - _memory.looked_at < LONGEST_SECONDS else (None, None)
    here, snapshot, tables = _asked(since)
    # What is made after this number was given has seen whatever looks with lower numbers have told.
    with _memory.lock:
        _memory.looks += 1
        _memory.seen, _memory.looked_at = (here, snapshot), at
        if tables is None or _ALL in tables:
            _memory.begun = _memory.looks
        for table in [*tables, _ALL] if tables else []:
            _memory.written[table] = _memory.looks
        return _memory.looks


def _asked(since: tuple[str | None, str | None]) -> tuple[str, str, list[str] | None]:
    """Where the portal looks now, the snapshot, and which tables were written since the look given; None
    where that was taken elsewhere.
    """
    reads_only, here, snapshot, tables = at_once(lambda: _answer(since))
    writable.database_said(reads_only=reads_only)
    return here, snapshot, tables


def _answer(since: tuple[str | None, str | None]) -> tuple[bool, str, str, list[str] | None]:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, since)
        return cursor.fetchone()
