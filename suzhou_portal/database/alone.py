"""One at a time: a lock of the database that ends with the process which holds it, however that ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connections

_inside: ContextVar[frozenset[str]] = ContextVar("inside", default=frozenset())


@contextmanager
def alone(
    name: str, using: str = "owner", waits: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """Waits until nobody else is inside under that name, and calls `waits` if it must, which may raise instead
    of waiting; whoever is inside already goes on at once.

    The lock is held on a connection of its own. Raises DatabaseError.
    """
    if name in _inside.get():
        yield
        return
    own, lock = connections[using].copy(), [name]
    token = _inside.set(_inside.get() | {name})
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", lock)
            if cursor.fetchone() == (False,):
                waits()
                cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", lock)
        yield
    finally:
        _inside.reset(token)
        own.close()
