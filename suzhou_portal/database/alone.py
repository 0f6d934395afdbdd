"""One at a time: a lock of the database that ends with the process which holds it, however that ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections

_held: list[str] = []


@contextmanager
def alone(
    name: str, using: str = "owner", waits: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """Waits until no other process is inside under that name, and calls `waits` if it must; who is inside
    already goes on at once.

    Of processes, not of threads. Raises DatabaseError.
    """
    if name in _held:
        yield
        return
    own = connections[using].copy()
    _held.append(name)
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
            if cursor.fetchone() == (False,):
                waits()
                cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        yield
    finally:
        _held.remove(name)
        own.close()
