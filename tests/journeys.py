"""People who carry out a mechanism on its desk, through HTTP, as they would in life."""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import Max
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import AreaFactory

_numbers = count(1)


@dataclass
class Somebody:
    """An account with one role in one area, and the browser it is signed in with."""

    role: str
    area: str
    held: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self):
        self.user = User.objects.create_user(
            f"{self.role}-{next(_numbers)}", name=f"{self.role}同志"
        )
        area = AreaFactory(code=self.area)
        Assignment.objects.create(user=self.user, role=self.role, area=area, **self.held)
        self.client = Client()
        self.client.force_login(self.user)

    def enters(self, desk, of=None, **values):
        """Fill in a new record on a desk; returns the response of the page it leads to."""
        path = f"/desk/{desk}/new/" + (f"?of={of.pk}" if of else "")
        return self._sends_twice(path, values)

    def has_entered(self, desk, of=None, **values):
        """Fill in a new record, which is accepted; returns the record."""
        response = self.enters(desk, of=of, **values)
        assert not _errors(response), _errors(response)
        assert response.status_code == 200
        return kinds.desk(desk).model._default_manager.order_by("-pk").first()

    def corrects(self, record, **values):
        """Change a record on its desk; returns the response."""
        path = f"/desk/{kinds.desk_of(type(record)).name}/{record.pk}/edit/"
        return self._sends_twice(path, values)

    def takes(self, record, verb, **values):
        """Take a step; returns the response."""
        path = f"/desk/{kinds.desk_of(type(record)).name}/{record.pk}/{verb}/"
        return self._sends_twice(path, values)

    def has_taken(self, record, verb, **values):
        """Take a step, which succeeds; returns the record as it is now."""
        response = self.takes(record, verb, **values)
        assert response.status_code == 200, response.status_code
        assert not _errors(response), _errors(response)
        record.refresh_from_db()
        assert record.state == record.lifecycle.move(verb).leads_to(record.state)
        return record

    def sees(self, path):
        """The text of a page."""
        response = self.client.get(path)
        assert response.status_code == 200, response.status_code
        return response.text

    def offered(self, record):
        """The steps the record's page offers."""
        page = self.sees(f"/desk/{kinds.desk_of(type(record)).name}/{record.pk}/")
        return set(re.findall(rf"/desk/[\w-]+/{record.pk}/(\w+)/\"", page)) - {
            "edit",
            "files",
            "undo",
            "amendment",
        }

    def _sends_twice(self, path, values):
        """Send the page, as with a button pressed twice: the second time changes nothing."""
        sent = self._filled(path, values)
        response = self.client.post(path, sent)
        if "Location" not in response.headers:
            return response
        for file in (one for one in sent.values() if hasattr(one, "seek")):
            file.seek(0)
        written = _written()
        again = self.client.post(path, sent)
        assert again.headers["Location"] == response.headers["Location"]
        assert _written() == written
        return self.client.get(response.headers["Location"], follow=True)

    def _filled(self, path, values):
        form = self.client.get(path).context
        shown = form["form"] if form and "form" in form else None
        kept = {name: shown[name].value() for name in shown.fields} if shown else {}
        today = {"taken_on": timezone.localdate()} if "taken_on" in kept else {}
        token = (
            {"csrfmiddlewaretoken": str(form["csrf_token"])}
            if form and "csrf_token" in form
            else {}
        )
        filled = {**kept, **today, **values, **token}
        return {name: _sent(value) for name, value in filled.items() if value is not None}


def queries(browser, path):
    """How many queries a page takes, besides the one that a session is kept alive with from time to time."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    kept_alive = ("SAVEPOINT", "RELEASE SAVEPOINT", 'UPDATE "django_session"')
    return sum(not query["sql"].startswith(kept_alive) for query in captured)


def _written():
    """The number of the latest write that the trail tells of."""
    return AuditEntry.objects.aggregate(Max("pk"))["pk__max"]


def _sent(value):
    if isinstance(value, list):
        return [_sent(one) for one in value]
    return getattr(value, "pk", value)


def _errors(response):
    form = response.context.get("form") if response.context else None
    return dict(form.errors) if form is not None and hasattr(form, "errors") else {}
