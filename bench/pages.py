"""Pages, each in every way it is asked for, and what somebody would use instead: all take turns."""

from collections.abc import Callable
from dataclasses import asdict
from itertools import count
from typing import Any
from urllib.parse import quote

from bench import meter, staff
from bench.meter import Asked, Server, statements_and_blocks
from bench.names import DISTRICT, ONE, PAGES, WITH_FLOOR
from suzhou_portal.accounts.models import User
from volunteers.models import VolunteerTeam

ADMIN = "/admin/organizations/serviceitem/"
OFTEN = 5  # so many times the requests, where one costs next to nothing


def measured(
    portal: Server, wagtail: Server | None, *, rounds: int, requests: int
) -> dict[str, Any]:
    """Statements and blocks of each page; costs of each in each way, by `page/way`, and of peers."""
    paths = {name: quote(path, safe="/?&=") for name, path in PAGES.items()}
    read = {name: statements_and_blocks(path) for name, path in paths.items()}
    size = meter.costs({"": Asked(portal, paths[DISTRICT])}, rounds=1, requests=1)[""].bytes
    asked = _ways(portal, paths) | {
        "nothing": Asked(portal, "/bench/nothing/", times=OFTEN),
        "table": Asked(portal, f"/bench/table/{size}/"),
    }
    asked |= _peers(portal, wagtail)
    meter.costs(asked, rounds=1, requests=2)  # whatever is made once
    found = meter.costs(asked, rounds=rounds, requests=requests)
    return {
        "read": read,
        "costs": {name: {**asdict(cost), "total": cost.total} for name, cost in found.items()},
    }


def _ways(portal: Server, paths: dict[str, str]) -> dict[str, Asked]:
    asked = {}
    for name, path in paths.items():
        asked[f"{name}/new"] = Asked(portal, path)
        if name in WITH_FLOOR:
            asked[f"{name}/floor"] = Asked(portal, f"/bench/floor{path}")
            asked[f"{name}/written"] = Asked(portal, path, before=another_write())
        asked[f"{name}/kept"] = Asked(portal, path, headers={}, times=OFTEN)
        asked[f"{name}/same"] = Asked(portal, path, headers={}, times=OFTEN, unchanged=True)
    return asked


def another_write() -> Callable[[], None]:
    """Saves a volunteers' team of the district, each time with another number of members."""
    team = VolunteerTeam.objects.filter(area__code__startswith=ONE).order_by("pk").first()
    assert team is not None  # noqa: S101 - the demonstration has them
    numbers = count(team.members or 0)

    def write() -> None:
        team.members = next(numbers) % 100 + 1
        team.save()

    return write


def _peers(portal: Server, wagtail: Server | None) -> dict[str, Asked]:
    """Aggregates at each request, the admin's own list of services, Wagtail's demonstration."""
    asked = {
        "naive": Asked(portal, f"/bench/naive/{ONE}/"),
        "naive_country": Asked(portal, "/bench/naive/CN/"),
        "admin": Asked(portal, ADMIN, headers=staff.signed_in(clerk())),
    }
    if wagtail:
        # As behind the proxy its settings expect.
        asked["wagtail"] = Asked(wagtail, "/", headers={"X-Forwarded-Proto": "https"})
    return asked


def clerk() -> User:
    """Somebody who may do everything."""
    user, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True})
    return user
