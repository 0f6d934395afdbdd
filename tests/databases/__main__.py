"""python -m tests.databases [kind …]: make the templates that are missing."""

import os
import sys

import django

from tests.roomy import roomy


def main(kinds: list[str]) -> None:
    """Make them, and those they stand on; all of them where none is named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.databases import server, templates

    server.relax()
    for kind in kinds or templates.KINDS:
        templates.make(kind)
    server.server().close()


roomy(lambda: main(sys.argv[1:]))
