"""No form of staff that takes typed text loses it: derived from the addresses of the portal and what they show.

What is typed in the forms of residents, and what is secret, is kept by nobody.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from suzhou_portal.records.kinds import kinds
from tests.accounts.addresses import ADDRESSES, path_to
from tests.accounts.world import settle, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.django_db
TYPED = ("text", "email", "tel", "url", "number", "search")
SECRET = ("password", "one-time-code", "current-password", "new-password")
# Whose forms have no account behind them, so that a draft could be nobody's; and what shows a secret.
OF_RESIDENTS = {
    "ask",
    "requests",
    "my_service",
    "join_volunteers",
    "joined_volunteers",
    "page_fault",
}
OF_SECRETS = {"password", "second_factor", "second_factor_setup"}


@dataclass
class SentForm:
    """A form of a page: how it is sent, and the controls in it that somebody types in."""

    method: str
    action: str
    typed: list[str] = field(default_factory=list)
    secret: bool = False
    kept: bool = False


class Forms(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, page):
        super().__init__()
        self.forms, self._open = [], None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self._open = SentForm(given.get("method", "get").lower(), given.get("action") or "")
            self.forms.append(self._open)
        elif self._open is not None and tag in ("input", "textarea"):
            self._control(tag, given)

    def _control(self, tag, given):
        kind, name = given.get("type") or "text", given.get("name") or ""
        self._open.kept |= name == "draft"
        self._open.secret |= kind == "password" or given.get("autocomplete") in SECRET
        if (tag == "textarea" or kind in TYPED) and "readonly" not in given:
            self._open.typed.append(name)

    def handle_endtag(self, tag):
        if tag == "form":
            self._open = None


@pytest.fixture
def here():
    """One record of each kind."""
    return settle(COMMUNITY)


@pytest.fixture
def browser():
    """Of somebody who may open every page."""
    return signed_in(UserFactory(is_superuser=True))


def addresses(here):
    """The name and path of each address, of each kind's pages in desk and admin, and of each step."""
    keys = {model: one.pk for model, one in here.items()}
    yield from ((name, path_to(name, keys)) for name in dict(ADDRESSES) if name != "sign_out")
    for desk in kinds.desks():
        yield "desk_new", f"/desk/{desk.name}/new/"
        if record := here.get(desk.model):
            yield "desk_record", f"/desk/{desk.name}/{record.pk}/"
            yield "desk_edit", f"/desk/{desk.name}/{record.pk}/edit/"
            for move in desk.model.lifecycle.moves if desk.staged else ():
                yield "desk_move", f"/desk/{desk.name}/{record.pk}/{move.verb}/"
    for model in admin.site._registry:
        app, name = model._meta.app_label, model._meta.model_name
        yield "admin add", reverse(f"admin:{app}_{name}_add")
        if record := here.get(model):
            yield "admin change", reverse(f"admin:{app}_{name}_change", args=[record.pk])


def forms_of(browser, path):
    answer = browser.get(path)
    if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
        return []
    return [one for one in Forms(answer.text).forms if one.method == "post"]


def test_every_form_of_staff_that_takes_text_is_kept(here, browser):
    lost, met, secret = {}, {}, set()
    for name, path in addresses(here):
        for form in forms_of(browser, path):
            if form.secret:
                secret.add(name)
                assert not form.kept, f"{path} keeps a secret"
            elif form.typed:
                met.setdefault(name, []).append(path)
                if not form.kept:
                    lost.setdefault(name, []).append((path, form.typed))
    assert lost.keys() - OF_RESIDENTS == set(), lost
    assert secret <= OF_SECRETS
    assert met.keys() >= {
        "desk_new", "desk_edit", "desk_move", "admin add", "admin change", "division_change",
        "mail_address", "analysis",
    }  # fmt: skip
    assert any("/reveal/" in path for paths in met.values() for path in paths)
    assert len(met["admin change"]) > 20
