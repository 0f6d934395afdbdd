"""What each app declares in a module of a certain name is found without anybody listing it."""

import pkgutil
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def import_all(name: str) -> None:
    """Import the module of that name of every app that has one; of a package, all modules in it."""
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, name):
            found = import_module(f"{app.name}.{name}")
            for module in pkgutil.iter_modules(getattr(found, "__path__", ())):
                import_module(f"{found.__name__}.{module.name}")
