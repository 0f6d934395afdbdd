import datetime

import pytest
from django.utils import timezone

from suzhou_portal import health
from suzhou_portal.database import writable
from suzhou_portal.service.models import ServiceRun

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def ran(db):
    """Note a run that ended so many hours ago."""

    def ran(kind, hours, *, ok=True, **known):
        at = timezone.now() - hours * HOUR
        return ServiceRun.objects.create(kind=kind, started_at=at, finished_at=at, ok=ok, **known)

    return ran


@pytest.fixture(autouse=True)
def found_out_anew():
    health.forget()
    writable.forget()
    yield
    health.forget()
    writable.forget()
