"""How a record begins to count for each figure: how it is made, and the field that says since when."""

import importlib
import pkgutil
import sys

from tests import factories


def every_beginning():
    """The beginnings of every module here, and of those that stand with factories, by figure."""
    found = {}
    for package in (sys.modules[__name__], factories):
        for module in pkgutil.iter_modules(package.__path__):
            named = importlib.import_module(f"{package.__name__}.{module.name}")
            found |= getattr(named, "BEGINS", {})
    return found
