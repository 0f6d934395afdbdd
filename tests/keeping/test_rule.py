"""Which backups are kept, and that nothing else is ever removed."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal.conf import Environment
from suzhou_portal.keeping.rule import name_at, prune, to_keep
from tests.keeping.portals import backed_up

RULE = {"days": 7, "weeks": 5, "months": 12}
NIGHT = datetime.datetime(2026, 12, 31, 2, tzinfo=datetime.UTC)
NIGHTS = [NIGHT - datetime.timedelta(days=number) for number in range(800)]


def days(kept):
    return [f"{one:%Y-%m-%d}" for one in sorted(kept, reverse=True)]


def test_a_year_of_nights():
    kept = days(to_keep(NIGHTS, RULE))
    assert kept == [
        *(f"2026-12-{day}" for day in (31, 30, 29, 28, 27, 26, 25)),  # 27 ends the week before
        "2026-12-20", "2026-12-13", "2026-12-06",
        "2026-11-30", "2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30",
        "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28", "2026-01-31",
    ]  # fmt: skip


def test_of_a_day_the_latest_is_kept():
    twice = [NIGHT, NIGHT + datetime.timedelta(hours=9)]
    assert to_keep(twice, RULE) == {twice[1]}


def test_old_ones_stay_when_no_new_ones_are_made():
    old = NIGHTS[500:507]
    assert to_keep(old, RULE) == {*old}


@given(
    st.lists(st.datetimes(timezones=st.just(datetime.UTC)), max_size=60),
    st.dictionaries(st.sampled_from(list(RULE)), st.integers(1, 9), min_size=1),
)
def test_the_last_always_stays_and_the_rule_lets_the_same_go_again(moments, rule):
    kept = to_keep(moments, rule)
    assert kept <= {*moments}
    assert not moments or max(moments) in kept
    assert len(kept) <= sum(rule.values()) + 1
    assert to_keep(kept, rule) == kept


def test_night_after_night(portal, settings):
    settings.PORTAL_BACKUPS_KEPT = {"days": 2}
    folder = settings.PORTAL_BACKUPS
    folder.mkdir()
    written = "portal-620902-20200101-020000.zip"
    others = {"notes.txt", "portal-620921-20200101-020000.zip", "my.zip", written}
    for name in others:
        (folder / name).write_text("not ours")
    made = []
    for night in sorted(NIGHTS[:4]):
        with time_machine.travel(night, tick=False):
            path = folder / name_at(night)
            backed_up(path, "--nightly")
            made.append(path.name)
    assert {one.name for one in folder.iterdir()} == others | {*made[-2:]}
    prune(folder)
    assert {one.name for one in folder.iterdir()} == others | {*made[-2:]}


@pytest.mark.parametrize("text", ["days", "days:0", "years:3", "days:1,days:2", "days:x", ","])
def test_a_rule_that_is_none_is_said(text, tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_BACKUPS_KEPT", text)
    with pytest.raises(ImproperlyConfigured, match="PORTAL_BACKUPS_KEPT"):
        Environment(tmp_path / "none").spans("PORTAL_BACKUPS_KEPT", "days:7")
