"""A cache in the memory of the process that is bounded in bytes: what was not asked for longest goes."""

import sys
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

ENTRY = 512  # bytes that an entry takes besides its value, its key among them


@dataclass
class _Store:
    """Values by their key, longest not asked for first, each with the time at which it ends: that of a
    clock which nobody sets.
    """

    values: OrderedDict[str, tuple[Any, float | None]] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Any = field(default_factory=threading.Lock)


_stores: dict[str, _Store] = {}


class SizedCache(BaseCache):
    """Keeps values as they are, so what is kept must not be changed; `OPTIONS["MAX_BYTES"]` bounds
    what all aliases of one `LOCATION` hold, by what `sys.getsizeof` says of each value.
    """

    def __init__(self, location: str, params: dict[str, Any]):
        super().__init__(params)
        self._store = _stores.setdefault(location, _Store())
        self._most: int = params["OPTIONS"]["MAX_BYTES"]

    @property
    def size(self) -> int:
        return self._store.size

    def get(self, key, default=None, version=None):
        """The value; the default where there is none, or its time is over."""
        key, store = self.make_key(key, version), self._store
        with store.lock:
            value, until = store.values.get(key, (default, None))
            if until is not None and until <= time.monotonic():
                return default
            if key in store.values:
                store.values.move_to_end(key)
            return value

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Keep the value, and let others go until all fits."""
        key, store = self.make_key(key, version), self._store
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        until = None if seconds is None else time.monotonic() + seconds
        with store.lock:
            self._drop(key)
            if seconds is not None and seconds <= 0:
                return
            store.values[key] = value, until
            store.size += _size(value)
            while store.size > self._most:
                self._drop(next(iter(store.values)))

    def clear(self):
        with self._store.lock:
            self._store.values.clear()
            self._store.size = 0

    def _drop(self, key: str) -> None:
        value, _ = self._store.values.pop(key, (None, None))
        self._store.size -= 0 if value is None else _size(value)


def _size(value: Any) -> int:
    return sys.getsizeof(value) + ENTRY
