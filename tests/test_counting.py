"""Counting requests over several processes, without waiting for each other."""

import os

import pytest
from django.test import Client

from suzhou_portal import counting


@pytest.fixture(autouse=True)
def here(monkeypatch, settings, tmp_path):
    """This process begins anew, in a state folder of its own."""
    settings.PORTAL_STATE = tmp_path
    monkeypatch.setattr(counting, "AFTER", 3600)
    return _process(monkeypatch)


def _process(monkeypatch):
    here = counting._Counting()
    monkeypatch.setattr(counting, "_here", here)
    monkeypatch.setattr(counting, "count", here.count)
    return here


def test_processes_add_up(here, monkeypatch):
    here.count("desks", 200, 0.02)
    here.count("desks", 200, 20)
    here.write()
    other = _process(monkeypatch)
    other.count("desks", 200, 0.01)
    other.count("admin", 500, 3)
    other.write()
    for one in (counting.all_together(), counting.all_together()):  # twice, and nothing twice
        assert one.answers == {("desks", 200): 3, ("admin", 500): 1}
        assert one.buckets["desks"] == [1, 1, 0, 0, 0, 0, 0, 0, 1]
        assert one.buckets["admin"] == [0, 0, 0, 0, 0, 0, 0, 1, 0]
        assert one.seconds["desks"] == pytest.approx(20.03)


def test_what_is_not_written_yet_counts_here(here):
    here.count("desks", 200, 0.02)
    assert counting.all_together().answers == {("desks", 200): 1}


def test_a_folder_that_takes_nothing_loses_nothing(here, settings, tmp_path):
    settings.PORTAL_STATE = tmp_path / "gone" / "for good"
    here.count("desks", 200, 0.02)
    here.write()
    settings.PORTAL_STATE = tmp_path
    here.write()
    assert counting.RequestCounts.read(next(counting.folder().glob("*")).read_text()).answers


def test_a_file_cut_short_counts_nothing(here):
    here.count("desks", 200, 0.02)
    counting.folder().mkdir()
    (counting.folder() / "other.json").write_text("[[")
    assert counting.all_together().answers == {("desks", 200): 1}


def test_serving_begins_anew(here):
    here.count("desks", 200, 0.02)
    here.write()
    counting.begin_anew()
    assert os.listdir(counting.folder()) == []  # noqa: PTH208 - names alone


def test_it_is_written_soon_and_once(here, monkeypatch):
    started = []

    class Timer:
        def __init__(self, seconds, write):
            started.append((seconds, write))

        def start(self):
            pass

    monkeypatch.setattr(counting.threading, "Timer", Timer)
    for _ in range(3):
        here.count("desks", 200, 0.02)
    assert len(started) == 1
    started[0][1]()
    here.count("desks", 200, 0.02)
    assert len(started) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("/livez", "/livez"),
        ("/admin/", "admin"),
        ("/desk/", "desks"),
        ("/static/nothing.css", "static"),
        ("/nowhere/", "none"),
    ],
)
def test_by_the_part_of_the_portal(here, path, group):
    status = Client().get(path).status_code
    assert counting.all_together().answers == {(group, status): 1}
