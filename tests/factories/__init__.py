"""Records for tests: each factory makes a valid record, by itself or around what a test gives it.

A factory whose area has only one of its records says in `_elsewhere` where a second one stands; one
whose records stand in grids says `_in_grids`, in districts `_in_districts`.
"""

import datetime
import importlib
import pkgutil

from factory.django import DjangoModelFactory

# When what the factories make begins: well before the published date, and the first of a month.
BEGUN = datetime.date(2022, 6, 1)


def every_factory():
    """All of them, of every module here."""
    modules = [
        importlib.import_module(f"{__name__}.{module.name}")
        for module in pkgutil.iter_modules(__path__)
    ]
    return [
        factory
        for module in modules
        for factory in vars(module).values()
        if isinstance(factory, type)
        and issubclass(factory, DjangoModelFactory)
        and factory.__module__ == module.__name__
        and not factory._meta.abstract
    ]
