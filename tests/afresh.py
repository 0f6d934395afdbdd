"""The portal's settings read again, as a process of its own would under the environment of this moment."""

import importlib
import sys

import suzhou_portal

NAME = "suzhou_portal.settings"


def settings_read_afresh():
    """What they define, by name. Raises ImproperlyConfigured."""
    before = {name: one for name, one in sys.modules.items() if _is_theirs(name)}
    try:
        _forget()
        return dict(vars(importlib.import_module(NAME)))
    finally:
        _forget()
        sys.modules |= before
        suzhou_portal.settings = before[NAME]


def _forget():
    for name in [*filter(_is_theirs, sys.modules)]:
        del sys.modules[name]


def _is_theirs(name):
    return name == NAME or name.startswith(f"{NAME}.")
