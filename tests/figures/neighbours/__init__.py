"""What looks like a record that a figure counts, stands at its place by that day, and must not count.

Each module says in `NEIGHBOURS`, by figure, how to make them; in `ALONE`, why a figure has none.
"""

import datetime
import importlib
import pkgutil
import sys
from functools import partial

DAY = datetime.date(2022, 6, 1)
ONE = datetime.timedelta(days=1)
BEFORE = DAY - 99 * ONE


def every(name):
    """What all modules here say under that name, by figure."""
    package = sys.modules[__name__]
    found = {}
    for module in pkgutil.iter_modules(package.__path__):
        found |= getattr(importlib.import_module(f"{__name__}.{module.name}"), name, {})
    return found


def made(factory, *given, **fields):
    """One record of the factory, made when asked."""
    return partial(factory, *given, **fields)
