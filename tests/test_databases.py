"""The databases of tests: never a stale template, never a half-made one, and nothing left behind."""

import io
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
from django.core.management import call_command

from tests.cases import case
from tests.databases import server, sources, templates

CODE = shutil.ignore_patterns("__pycache__", "*.html", "*.po")


@pytest.fixture
def home(tmp_path):
    """A copy of everything templates are made from, to be changed."""
    for folder in (*sources.PACKAGES, "tests/databases"):
        shutil.copytree(sources.HOME / folder, tmp_path / folder, ignore=CODE)
    for file in ("requirements.txt", "tests/settings.py"):
        shutil.copy(sources.HOME / file, tmp_path / file)
    yield tmp_path
    sources._modules.cache_clear()


def digests(home):
    sources._modules.cache_clear()
    return [sources.digest(kind, home) for kind in templates.KINDS]


# Tables, bare, reference, demonstration: which become other templates.
ALL, PORTALS, REFERENCES, DEMONSTRATIONS = (
    [True] * 4, [False, True, True, True], [False, False, True, True], [False, False, False, True],
)  # fmt: skip
NONE = [False] * 4
WRITTEN = {
    "volunteers/migrations/0001_initial.py": ALL,
    "requirements.txt": ALL,
    "suzhou_portal/audit/triggers.sql": ALL,
    "volunteers/workflow.py": PORTALS,
    # What a migration of data asks of the code makes its tables too.
    "suzhou_portal/cleaning.py": ALL,
    "seeds/divisions/620902.csv": REFERENCES,
    "seeds/working_days.csv": REFERENCES,
    "seeds/demo/vocabularies/names.csv": DEMONSTRATIONS,
    "volunteers/views.py": NONE,
    # And what is added.
    "charity/migrations/0999_more.py": ALL,
    "seeds/demo/mechanisms/another.py": PORTALS,
    "seeds/published/another.csv": REFERENCES,
}


def test_what_a_template_is_made_from_names_it(home):
    before = digests(sources.HOME)
    for file, kinds in WRITTEN.items():
        with case(file):
            assert digests(home) == before
            kept = (home / file).read_text() if (home / file).exists() else None
            (home / file).write_text(f"{kept or ''}\n")
            assert [one != two for one, two in zip(before, digests(home), strict=True)] == kinds
            (home / file).unlink() if kept is None else (home / file).write_text(kept)


@pytest.fixture
def made(monkeypatch, django_db_setup, django_db_blocker):
    """Two kinds of template with a digest of their own; notes which were made."""
    found, versions = [], {"first": "1", "second": "1"}
    monkeypatch.setattr(templates, "MAKERS", {kind: lambda: None for kind in versions})
    monkeypatch.setattr(templates, "KINDS", list(versions))
    monkeypatch.setattr(templates, "digest", lambda kind: f"{os.getpid()}_{versions[kind]}")
    for kind in versions:
        monkeypatch.setitem(templates.MAKERS, kind, lambda kind=kind: found.append(kind))
    before = server.names(server.COPY)
    with django_db_blocker.unblock():
        yield found, versions
    drafts = set(server.names(server.COPY)) & server._ours - set(before)
    made = (name for kind in versions for name in server.names(f"{server.TEMPLATE}{kind}_"))
    server.drop(*made, *drafts)


def test_a_template_is_made_once_and_another_one_when_its_sources_change(made):
    found, versions = made
    first = templates.make("second")
    assert templates.make("second") == first
    assert found == ["first", "second"]
    versions["second"] = "2"
    assert templates.make("second") != first
    assert found == ["first", "second", "second"]


def test_only_a_few_are_kept(made):
    _, versions = made
    for version in "12345":
        versions["first"] = version
        templates.make("first")
    kept = server.names(f"{server.TEMPLATE}first_")
    assert [name[-1] for name in kept] == list("345")[-templates.KEPT :]


def test_one_that_is_half_made_is_never_found(made, monkeypatch):
    def broken():
        raise RuntimeError("the power went out")

    monkeypatch.setitem(templates.MAKERS, "first", broken)
    with suppress(RuntimeError):
        templates.make("first")
    assert not templates.is_ready("first")
    monkeypatch.setitem(templates.MAKERS, "first", lambda: None)
    assert server.is_there(templates.make("first"))


KILLED = """
import django; django.setup()
from tests.databases import server
print(server.new(), flush=True)
input()
"""


def test_what_a_killed_run_left_is_removed_and_nobody_elses(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        with subprocess.Popen(
            [sys.executable, "-c", KILLED],
            cwd=sources.HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            name = process.stdout.readline().strip()
            server.clear()
            assert server.is_there(name)
            os.kill(process.pid, signal.SIGKILL)
        mine = server.new()
        for _ in range(100):  # until the server has noticed
            server.clear()
            if not server.is_there(name):
                break
        assert not server.is_there(name)
        server.drop(mine)


@pytest.mark.exhaustive
def test_all_code_that_makes_a_template_names_it(committed):
    """What runs while the demonstration is made, function by function."""
    ran = set()
    sys.setprofile(lambda frame, event, _: ran.add(frame.f_code.co_filename))
    try:
        call_command("migrate", verbosity=0)
        call_command("load_reference", verbosity=0)
        call_command("seed_demo", stdout=io.StringIO())
        call_command("refresh_figures", verbosity=0)
    finally:
        sys.setprofile(None)
    ours = {name for name in ran if name.startswith(str(sources.HOME)) and "/.venv/" not in name}
    known = {str(file) for file in sources.made_from("demonstration")}
    assert {name for name in ours if "/tests/" not in name} <= known
