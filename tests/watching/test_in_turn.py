"""The work of nights and months: all of it is tried, and one run is noted."""

import io
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command, get_commands

from suzhou_portal.management import in_turn
from suzhou_portal.management.commands import monthly, nightly
from suzhou_portal.service.models import RunKind, ServiceRun

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch):
    """The commands that were called; those in `failing` fail."""
    called, failing = [], set()

    def call(name, **options):
        called.append(name)
        if name in failing:
            raise CommandError("核对：1项不一致")

    monkeypatch.setattr(in_turn, "call_command", call)
    return SimpleNamespace(names=called, failing=failing)


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("nightly", ["refresh_figures", "audit_figures", "clearsessions"]),
        ("monthly", ["anonymise", "prune_audit"]),
    ],
)
def test_all_of_it_is_noted_as_one(called, command, names):
    call_command(command, stdout=io.StringIO())
    assert called.names == names
    [run] = ServiceRun.objects.all()
    assert (run.kind, run.ok) == (RunKind(command), True)


def test_one_that_fails_keeps_no_other_back(called):
    called.failing.add("audit_figures")
    with pytest.raises(CommandError, match="audit_figures：核对：1项不一致"):
        call_command("nightly", stdout=io.StringIO())
    assert called.names[-1] == "clearsessions"
    [run] = ServiceRun.objects.all()
    assert not run.ok
    assert "1项不一致" in run.detail


@pytest.mark.parametrize("command", [nightly.Command, monthly.Command])
def test_they_are_commands_that_there_are(command):
    assert set(command.commands) <= set(get_commands())
