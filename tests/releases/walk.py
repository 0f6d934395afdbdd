"""Asks an upgraded portal for every public page and, as its administrator and a clerk, for those of staff, in the
database of the environment; prints what did not answer.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "suzhou_portal.settings"
django.setup()

from django.conf import settings  # noqa: E402 - after the setup
from django.test import Client  # noqa: E402

from suzhou_portal.accounts.models import User  # noqa: E402
from suzhou_portal.records.kinds import kinds  # noqa: E402
from tests.pages.addresses import PAGES  # noqa: E402

HOST = "127.0.0.1"


def main() -> None:
    """Exits with what failed, else says how many pages answered."""
    settings.ALLOWED_HOSTS = [HOST]
    browser = Client(SERVER_NAME=HOST, raise_request_exception=False)
    answers = {path: browser.get(path).status_code for path in PAGES}
    for role in ("district", "community"):
        user = User.objects.filter(is_demo=True, assignments__role=role).first()
        browser.force_login(user, settings.AUTHENTICATION_BACKENDS[1])
        for path in ["/desk/", *(address for kind in kinds.desks() for address in _of(kind, user))]:
            answers[f"{path} ({role})"] = browser.get(path).status_code
    if failed := {path: status for path, status in answers.items() if status >= 500}:
        sys.exit(str(failed))
    print(f"{len(answers)} answered")  # noqa: T201 - the answer


def _of(kind, user):
    """The kind's list, one record's page, and its form."""
    if not kind.open_to(user):
        return
    yield f"/desk/{kind.name}/"
    if record := kind.model._default_manager.visible_to(user).first():
        yield f"/desk/{kind.name}/{record.pk}/"
        yield f"/desk/{kind.name}/{record.pk}/edit/"


if __name__ == "__main__":
    main()
