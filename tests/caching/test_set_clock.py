"""A clock that is set forward and back, midnight and a leap day: nothing kept is of another day."""

import time

import pytest
import time_machine
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from suzhou_portal.accounts import sessions
from suzhou_portal.caching import followed
from suzhou_portal.figures.periods import Period, PeriodKind
from tests.caching.test_followed import requested
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, AreaFactory

# Noon in Asia/Shanghai.
DAYS = ("2026-12-31T04:00:00+00:00", "2027-01-01T04:00:00+00:00", "2026-12-31T04:00:00+00:00")
TOLD = ("2026年12月31日", "2027年1月1日", "2026年12月31日")


@pytest.fixture
def portal(committed, settings):
    settings.PORTAL_AREA = COMMUNITY
    followed.forget()
    yield AreaFactory(code=COMMUNITY)
    caches["pages"].clear()


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_overview_is_of_the_day_it_is_asked_on(portal, signed_in):
    client = Client()
    for moment, told in zip(DAYS, TOLD, strict=True):
        with time_machine.travel(moment, tick=False):
            if signed_in:
                client.force_login(UserFactory())
            assert f"统计截至{told}" in client.get("/dashboard/").text
            others = {*TOLD} - {told}
            assert not any(f"统计截至{one}" in client.get("/dashboard/").text for one in others)


def test_what_is_remembered_is_of_the_day(portal):
    for moment in DAYS:
        with time_machine.travel(moment, tick=False):
            day = requested(lambda: followed.remembered("day", [], timezone.localdate))
            assert day == timezone.localdate()


def test_what_lasts_no_second_is_not_kept_whatever_the_clock_does(monkeypatch):
    cache = caches["template_fragments"]
    with time_machine.travel("2027-01-02", tick=False):
        cache.set("none", "tomorrow's", 0)
        cache.set("negative", "tomorrow's", -1)
        cache.set("hour", "kept", 3600)
    with time_machine.travel("2027-01-01", tick=False):
        assert (cache.get("none"), cache.get("negative")) == (None, None)
        assert cache.get("hour") == "kept"
    later = time.monotonic() + 3601
    monkeypatch.setattr("suzhou_portal.caching.sized.time.monotonic", lambda: later)
    assert cache.get("hour") is None


@pytest.mark.django_db
def test_a_session_is_noted_again_after_the_clock_went_back():
    client = Client()
    with time_machine.travel("2027-01-02", tick=False):
        client.force_login(UserFactory())
    for moment in ("2027-01-02", "2027-01-01"):
        with time_machine.travel(moment, tick=False):
            client.get("/desk/")
            assert client.session[sessions.LAST] == int(time.time())


def test_a_leap_day_has_its_periods():
    with time_machine.travel("2024-02-29T04:00:00+00:00", tick=False):
        today = timezone.localdate()
        month, year = (Period.of(today, kind) for kind in (PeriodKind.MONTH, PeriodKind.YEAR))
        assert month.until(today) == today
        assert month.moved(12).first.isoformat() == "2025-02-01"
        assert month.moved(12).last.isoformat() == "2025-02-28"
        assert year.moved(1).last.isoformat() == "2025-12-31"
