"""The portal's settings under test: no static files collected, passwords hashed fast.

What a site chooses in its `.env` must not change what the tests see. The environment is set here
because pytest-django loads settings before any conftest.
"""

import os
from pathlib import Path

os.environ.update(
    # A cluster of the tests' own, so that it may be fast where the portal's must be safe.
    PORTAL_STATE=os.environ.setdefault(
        "TEST_STATE", str(Path(__file__).resolve().parents[1] / "var" / "tests")
    ),
    PORTAL_AREA="620902",
    PORTAL_AS_OF="",
    PORTAL_SEEDS="",
    PORTAL_BACKUPS="",
    PORTAL_BACKUPS_KEPT="",
    REPORTED_PERIODS="",
    RANKING_MINIMUM="",
    SERVICE_VERIFIED_DAYS="",
    DEBUG="false",
    HTTPS="false",
    ALLOWED_HOSTS="",
    DEMO_PASSWORD="",
    PORTAL_URL="",
    EMAIL_URL="",
    MAIL_FROM="",
    ALERT_MAIL="",
    ALERT_WEBHOOK="",
    METRICS_TOKEN="",
    NOTICE_DAYS="",
    DRAFT_DAYS="",
    LOG_LEVEL="WARNING",
    REQUEST_LOG="false",
    PASSWORD_DAYS="",
    REQUIRE_SECOND_FACTOR="",
    IDLE_MINUTES="",
    LOCKOUT_FAILURES="",
    LOCKOUT_MINUTES="",
    PROXY_COUNT="",
    AUDIT_MONTHS="",
    PERSONAL_DATA_MONTHS="",
)

from suzhou_portal.settings import *  # noqa: F403 - after the environment
from suzhou_portal.settings import MIDDLEWARE, STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
