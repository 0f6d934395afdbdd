"""A resident's browser: no account, a phone, and the codes that came to it."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories.areas import COMMUNITY, AreaFactory

PHONE = "13812345678"


@pytest.fixture
def sent(monkeypatch):
    """The codes that went out, by phone."""
    codes = {}

    def send(phone, text):
        codes[phone] = re.search(r"\d{6}", text)[0]
        return True

    monkeypatch.setattr("suzhou_portal.linkage.sending.send", send)
    return codes


class Resident:
    """A browser without an account, and the codes that its phone received."""

    def __init__(self, sent, phone=PHONE):
        self.client, self.sent, self.phone = Client(), sent, phone

    def knows(self, path):
        """Show the phone to be theirs on that page."""
        self.client.post(path, {"phone": self.phone})
        return self.client.post(path, {"code": self.sent[self.phone]})

    def fills(self, path="/requests/new/", **told):
        form = self.client.get(path).context["form"]
        shown = {name: form[name].value() for name in form.fields}
        given = {name: value for name, value in shown.items() if value not in (None, False)}
        return {
            **given,
            "area": COMMUNITY,
            "content": "中午送饭",
            "name": "赵大娘",
            "agreed": "on",
            **told,
        }

    def asks(self, path="/requests/new/", **told):
        """Ask; returns the response."""
        return self.client.post(path, self.fills(path, **told))

    def looks_for(self, record, phone=PHONE):
        """Look a request up by number and phone; returns what comes in the end."""
        page = self.client.post("/requests/", {"number": record.number, "phone": phone})
        if page.headers.get("Location") == "/requests/phone/":
            shown = self.client.get("/requests/phone/").context["form"]["phone"].value()
            assert shown == phone
            self.client.post("/requests/phone/", {"phone": self.phone})
            page = self.client.post(
                "/requests/phone/", {"code": self.sent.get(self.phone, "")}, follow=True
            )
        return page


@pytest.fixture
def resident(sent):
    AreaFactory(code=COMMUNITY, name="和平社区")
    return Resident(sent)


@pytest.fixture
def evening(time_machine):
    """The day is nearly over, at whatever hour the tests are run: what was done in its course is done."""
    now = timezone.localtime()
    time_machine.move_to(datetime.datetime.combine(now, datetime.time(22), now.tzinfo))
