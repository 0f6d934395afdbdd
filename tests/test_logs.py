"""An outage of the database is a short line a request, and a traceback once a minute."""

import logging

import pytest
from django.db import InterfaceError, OperationalError

from suzhou_portal import logs


def written(outages, error):
    """What is logged of a request that failed so."""
    try:
        raise error
    except type(error) as caught:
        info = (type(caught), caught, caught.__traceback__)
    record = logging.LogRecord("django.request", 40, __file__, 1, "Error: %s", ("/desk/",), info)
    assert outages.filter(record)
    return logs.MaskingFormatter().format(record)


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_traceback_once_a_minute(kind, monkeypatch):
    outages = logs.ShortDuringOutages()
    told = [written(outages, kind("连接不上 13800138000\nmore")) for _ in range(3)]
    assert ["Traceback" in one for one in told] == [True, False, False]
    assert told[1].startswith("Error: /desk/: ")
    assert "\n" not in told[1]
    assert len(told[1]) < 200
    assert "13800138000" not in told[1]
    later = logs.time.monotonic() + logs.TOLD_AGAIN
    monkeypatch.setattr(logs.time, "monotonic", lambda: later)
    assert "Traceback" in written(outages, kind("连接不上"))


def test_a_mistake_of_ours_keeps_its_traceback():
    outages = logs.ShortDuringOutages()
    assert all("Traceback" in written(outages, RuntimeError("ours")) for _ in range(2))
