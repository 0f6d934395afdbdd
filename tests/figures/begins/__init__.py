"""How a record begins to count for each figure: how it is made, and the field that says since when."""

import importlib
import pkgutil


def every_beginning():
    """Those of every module here, by figure."""
    modules = pkgutil.iter_modules(__path__)
    found = {}
    for module in modules:
        found |= importlib.import_module(f"{__name__}.{module.name}").BEGINS
    return found
