"""Pages of staff: what the start of a working day and the list of a desk cost, by level, signed in."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import meter
from bench.meter import Asked, Server
from bench.names import ONE
from suzhou_portal.accounts.models import Assignment, User

START = "我的工作"
LEVELS = {
    "社区": ("community", f"{ONE}004004"),
    "街道": ("street", f"{ONE}004"),
    "区级": ("district", ONE),
}
PATHS = {START: "/desk/", "网格事件列表": "/desk/grid-events/"}


def measured(server: Server, *, rounds: int, requests: int) -> dict[str, Any]:
    """Cost and statements of each page by its name and level."""
    people = {level: _somebody(*held) for level, held in LEVELS.items()}
    asked = {
        f"{name}（{level}）": Asked(server, path, headers=signed_in(user))
        for name, path in PATHS.items()
        for level, user in people.items()
    }
    meter.costs(asked, rounds=1, requests=2)  # whatever is made once
    costs = meter.costs(asked, rounds=rounds, requests=requests)
    return {
        f"{name}（{level}）": {
            **asdict(cost := costs[f"{name}（{level}）"]),
            "total": cost.total,
            "statements": _statements(user, path),
        }
        for name, path in PATHS.items()
        for level, user in people.items()
    }


def _somebody(role: str, area: str) -> User:
    user, _ = User.objects.get_or_create(username=f"bench-{role}")
    Assignment.objects.get_or_create(user=user, role=role, area_id=area)
    return user


def signed_in(user: User) -> dict[str, str]:
    """The headers with which a browser asks in which the person is signed in."""
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[1]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"}


def _statements(user: User, path: str) -> int:
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(user, settings.AUTHENTICATION_BACKENDS[1])
    browser.get(path)
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    # BEGIN and COMMIT stand around the session that is saved, and ask for nothing.
    return sum(one["sql"] not in ("BEGIN", "COMMIT") for one in captured)
