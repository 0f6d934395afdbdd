"""A portal or its PostgreSQL killed in the middle of a refresh leaves the former state."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.embedded.users import environment

pytestmark = pytest.mark.enable_socket

SET_UP = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_reference", verbosity=0)
call_command("refresh_figures")
"""
WRITE_AND_HANG = """
import django, time; django.setup()
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import reader
from suzhou_portal.areas.models import Area
from volunteers.models import VolunteerTeam
from tests.factories.volunteers import VolunteerTeamFactory

team = VolunteerTeamFactory.build(name=str(time.time()), area=Area.objects.get(pk="620902"))
VolunteerTeam.objects.bulk_create([team])
store = reader._store
def stored_and_hanging(*arguments):
    store(*arguments)
    print("in the middle", flush=True)
    time.sleep(600)
reader._store = stored_and_hanging
door.value("volunteer_teams", "620902", site_date())
"""
LOOK = """
import django; django.setup()
from django.core.management import call_command
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept.models import Kept
before = Kept.objects.get(area_code="620902", part="values").figures.get("volunteer_teams")
call_command("audit_figures")
print(before, door.value("volunteer_teams", "620902", site_date()).value)
call_command("audit_figures")
"""


@pytest.fixture(scope="module")
def state():
    """A cluster of its own, with every area's values kept."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        run(SET_UP, Path(folder))
        yield Path(folder)


def started(code, state):
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR, env={**environment(state), "PORTAL_AS_OF": "2022-12-31"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(code, state):
    with started(code, state) as process:
        told, _ = process.communicate(timeout=200)
    assert process.returncode == 0
    return told.splitlines()


def server(state):
    return int((state / "postgres" / "postmaster.pid").read_text().split()[0])


def is_there(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def killed_in_the_middle(state, who):
    with started(WRITE_AND_HANG, state) as process:
        assert process.stdout.readline() == "in the middle\n"
        victim = who(process)
        os.kill(victim, signal.SIGKILL)
        process.kill()
        process.communicate(timeout=60)
    # Until whoever must reap it has done so: a server that may still be there is not started again.
    deadline = time.monotonic() + 60
    while is_there(victim) and time.monotonic() < deadline:
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        (lambda process, state: process.pid, "None", "1"),
        (lambda process, state: server(state), "{'own': {'rows': 1, 'value': 1}, 'rows': 1, 'value': 1}", "2"),
    ],
    ids=["portal", "postgresql"],
)  # fmt: skip
def test_killed_in_the_middle_of_a_refresh(state, who, before, after):
    killed_in_the_middle(state, lambda process: who(process, state))
    told = run(LOOK, state)
    assert told[1] == f"{before} {after}"
    assert "与记录一致" in told[0]
    assert "与记录一致" in told[2]
