"""Processes that use an embedded PostgreSQL of their own."""

import os
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings

LOOP = """
import django, sys
django.setup()
from django.db import connections
for statement in sys.stdin:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
        print(cursor.fetchall() if cursor.description else "", flush=True)
"""


def environment(state):
    """The environment of a process whose portal is kept under `state`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "suzhou_portal.settings",
        "PORTAL_STATE": str(state),
        "DATABASE_URL": "",
    }


class User:
    """A process that runs one SQL statement after the other."""

    def __init__(self, state):
        self.process = subprocess.Popen(
            [sys.executable, "-c", LOOP],
            cwd=settings.BASE_DIR,
            env=environment(state),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, statement):
        """What the statement answers, as Python writes it."""
        self.process.stdin.write(f"{statement}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def leave(self):
        """End as a process should."""
        self.process.stdin.close()
        self.process.wait(timeout=60)

    def kill(self):
        """End without a chance to clean up."""
        self.process.kill()
        self.process.wait(timeout=60)


@contextmanager
def user(state):
    """A user who is gone afterwards, however the test ends."""
    one = User(state)
    try:
        yield one
    finally:
        with one.process:  # closes its pipes, and waits
            pass
