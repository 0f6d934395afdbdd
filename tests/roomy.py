"""Room for deep stacks, which CPython 3.11 and 3.12 otherwise ask of the system again and again.

Frames lie in chunks of 16 KB. A call that needs a new chunk maps it and its return unmaps it, so a loop
just below the edge of one pays two system calls and four page faults each time; in Django's deep stacks
that was a quarter of the time of a test. Below one frame that is as large as all that may follow there
is no edge.
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
SLOTS = 1 << 17  # of 8 bytes; mapped once, and only what is touched takes memory


def roomy(act: Callable[[], T]) -> T:
    """What the act returns."""
    return act()


roomy.__code__ = roomy.__code__.replace(co_stacksize=SLOTS)
