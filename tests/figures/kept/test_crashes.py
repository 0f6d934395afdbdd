"""A portal or its PostgreSQL killed in the middle of a refresh leaves the former state."""

import datetime
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept.models import KeptValue
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
from suzhou_portal.figures.kept import rows
from suzhou_portal.areas.models import Area
from volunteers.models import VolunteerTeam
from tests.factories.volunteers import VolunteerTeamFactory

team = VolunteerTeamFactory.build(name=str(time.time()), area=Area.objects.get(pk="620902"))
VolunteerTeam.objects.bulk_create([team])
store = rows.store
def stored_and_hanging(*arguments):
    store(*arguments)
    print("in the middle", flush=True)
    time.sleep(600)
rows.store = stored_and_hanging
door.value("volunteer_teams", "620902", site_date())
"""
POINT = "from tests.databases import server; server.point"
LOOK = """
import django; django.setup()
from django.core.management import call_command
from suzhou_portal.areas.models import Area
from suzhou_portal.figures import door
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept.models import KeptValue
before = KeptValue.objects.get(area_code="620902", part="values").figures.get("volunteer_teams")
call_command("audit_figures")
print(before, door.value("volunteer_teams", "620902", site_date()).value)
call_command("audit_figures")
"""


@pytest.fixture
def state():
    """A cluster of its own, with every area's values kept."""
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        run(SET_UP, Path(folder))
        yield Path(folder)


def started(code, given):
    """A portal that runs the code."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR, env={**given, "PORTAL_AS_OF": "2022-12-31"},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def run(code, state):
    with started(code, environment(state)) as process:
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


def killed_in_the_middle(code, given, who):
    """Kill whoever is named while the portal is storing what it has computed."""
    with started(code, given) as process:
        assert process.stdout.readline() == "in the middle\n"
        victim = who(process)
        os.kill(victim, signal.SIGKILL)
        process.kill()
        process.communicate(timeout=60)
    # Until whoever must reap it has done so: a server that may still be there is not started again.
    deadline = time.monotonic() + 60
    while is_there(victim) and time.monotonic() < deadline:
        time.sleep(0.1)


def test_a_portal_killed_in_the_middle_of_a_refresh(committed, settings):
    settings.PORTAL_AS_OF = datetime.date(2022, 12, 31)
    call_command("load_reference", verbosity=0)
    call_command("refresh_figures", verbosity=0)
    name = connection.settings_dict["NAME"]
    code = WRITE_AND_HANG.replace("django.setup()", f"django.setup(); {POINT}({name!r})", 1)
    killed_in_the_middle(code, os.environ, lambda process: process.pid)
    kept = KeptValue.objects.get(area_code="620902", part="values").figures
    assert "volunteer_teams" not in kept
    call_command("audit_figures")
    assert door.value("volunteer_teams", "620902", site_date()).value == 1
    call_command("audit_figures")


@pytest.mark.exhaustive
def test_portal_and_postgresql_killed_in_the_middle_of_a_refresh(state):
    kept = "{'own': {'rows': 1, 'value': 1}, 'rows': 1, 'value': 1}"
    for who, before, after in (
        (lambda process: process.pid, "None", "1"),
        (lambda process: server(state), kept, "2"),
    ):
        killed_in_the_middle(WRITE_AND_HANG, environment(state), who)
        told = run(LOOK, state)
        assert told[1] == f"{before} {after}"
        assert "与记录一致" in told[0]
        assert "与记录一致" in told[2]
