"""The first statement of a request, which tells at the same time whether its connection still works."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")


def at_once(ask: Callable[[], T]) -> T:
    """What `ask` returns, without a health check before it; asked again over a new connection where the
    old one is gone. Raises DatabaseError.
    """
    here: Any = connection
    untried = here.connection is not None and not here.health_check_done
    here.health_check_done = True
    try:
        return ask()
    except (InterfaceError, OperationalError):
        if not untried or here.in_atomic_block:
            raise
        connection.close()
        return ask()
