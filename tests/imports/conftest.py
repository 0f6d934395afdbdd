"""For tests of imports that one does not wait for."""

import pytest

from suzhou_portal.imports import jobs


@pytest.fixture
def short(monkeypatch):
    """Every file is a long one."""
    monkeypatch.setattr(jobs, "LONG", 0)
