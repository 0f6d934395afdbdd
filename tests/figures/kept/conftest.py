"""The site's date in tests of kept values: one on which the records of factories count."""

import datetime

import pytest

from tests.factories import BEGUN


@pytest.fixture(autouse=True)
def _day(settings):
    settings.PORTAL_AS_OF = BEGUN + datetime.timedelta(days=90)
