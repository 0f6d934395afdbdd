"""Every address of the portal, for every role, where the person works and where not.

`EXPECTED` says of each address who may have it; an address it does not know fails the first test.
What lies elsewhere must be answered to the letter like what does not exist.
"""

import re
from dataclasses import dataclass
from http.cookies import SimpleCookie

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from organizations.models import ServiceItem
from suzhou_portal.accounts.roles import PERMISSIONS
from suzhou_portal.areas.models import Area
from suzhou_portal.desks.registry import desks
from tests.accounts.world import ABROAD, WHO, Staff, settle, signed_in
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.django_db

EVERYBODY = [Staff("anonymous"), *WHO]
FOREIGN, MISSING = 987654321, 987654329
ABSENT = "620921001009"
SENT_AWAY = ("/account/sign-in/", "/admin/login/")
# What nobody signed in has to do with, and what has no record in its address.
ARGUMENTS = {
    "name": "charity",
    "key": "organizations",
    "column": "phone",
    "app_label": "communities",
    "url": "no/such/page",
    "content_type_id": "1",
    "verb": "accept",
}
# The desks whose pages are walked; tests/desks walks them all.
DESK, REGISTER = desks.get("grid-events"), desks.get("grid-posts")  # fmt: skip

# --- what is expected ----------------------------------------------------------------------------


@dataclass
class Visit:
    """A person at an address; `model` and `page` are said of addresses of a record."""

    who: Staff
    name: str
    method: str
    model: str = "communities_gridevent"
    page: str = ""

    def may(self, action):
        """Whether the table of roles says so."""
        app, _, model = self.model.partition("_")
        return f"{app}.{action}_{model}" in PERMISSIONS.get(self.who.role, ())


def public(visit):
    """Everybody reads it; nobody sends anything to it."""
    return {200} if visit.method == "get" else {405}


def health(visit):
    """Whoever asks in whatever way."""
    return {200}


def own(visit):
    """Everybody with an account, for themselves."""
    return {200}


def only_read(visit):
    """The same, but nothing is sent to it."""
    return {200} if visit.method == "get" else {405}


def elsewhere(visit):
    """Leads on to another page."""
    return {302}


def nowhere(visit):
    """Nothing is there, or nothing without saying what one looks for."""
    return {403, 404} if visit.method == "get" else {403, 404, 405}


def sign_in(visit):
    """Whoever is signed in is led on."""
    return {200} if visit.who.label == "anonymous" else {302}


def sign_out(visit):
    """Nobody signs out by following a link; who is out already is led on."""
    return {302} if visit.method == "post" else {302, 405}


def app_list(visit):
    """An app of which the role may see anything."""
    granted = PERMISSIONS.get(visit.who.role, ())
    return {200} if any(one.startswith("communities.") for one in granted) else {404}


def desk(visit):
    """As the role's permissions at the desk say."""
    wanted, sent = DESK_PAGES[visit.name]
    if not visit.may(wanted):
        return {403, 405}
    return {200} if visit.method == "get" and sent != "only" else {200, 302, 405}


DESK_PAGES = {
    "desk": ("view", ""),
    "desk_new": ("add", ""),
    "desk_record": ("view", ""),
    "desk_edit": ("change", ""),
    "desk_files": ("change", "only"),
    "desk_move": ("handle", ""),
}
PAGES = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "history": ("view", "view"),
    "delete": ("delete", "delete"),
    "reveal": ("reveal", "reveal"),
    "first_password": ("change", "change"),
    "second_factor": ("change", "change"),
}


def record(visit):
    """As the role's permissions for that kind of record say."""
    reading, writing = PAGES[visit.page]
    if not visit.may(reading if visit.method == "get" else writing):
        return {403, 404}
    return {200} if visit.method == "get" else {200, 302}


EXPECTED = {
    "home|dashboard|party_dashboard|area|figure|figure_rows_csv|figures_json|figures_csv": public,
    "services|service|organizations|volunteers|charity|charity_resources": public,
    "healthz": health,
    "public|public_record": public,
    "desk_index": only_read,
    "|".join(DESK_PAGES): desk,
    "attachment": nowhere,
    "account|password|second_factor|second_factor_setup|own_pay": own,
    "sign_in": sign_in,
    "sign_out|admin:logout": sign_out,
    "admin:index": own,
    "admin:password_change_done|admin:jsi18n": only_read,
    "admin:login|admin:password_change": elsewhere,
    "admin:autocomplete": nowhere,
    "admin:app_list": app_list,
    "admin:without a name": nowhere,
    "admin:short form": elsewhere,
    rf"admin:(?P<model>[a-z]+_[a-z]+)_(?P<page>{'|'.join(PAGES)})": record,
}
OPEN = {public, health, sign_in, sign_out, elsewhere}


def rule_of(name):
    """Who may have it, and which record and page it is about."""
    for pattern, rule in EXPECTED.items():
        if found := re.fullmatch(pattern, name):
            return rule, found.groupdict()
    return None


# --- all addresses -------------------------------------------------------------------------------


def walk(patterns, space=""):
    """The name and pattern of every address, through all namespaces."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, inner)
        else:
            yield space + (pattern.name or _described(pattern)), pattern.pattern


def _described(pattern):
    return "short form" if "object_id" in pattern.pattern.converters else "without a name"


ADDRESSES = list(walk(get_resolver().url_patterns))
# The two kinds of address that Django gives no name.
NAMED = {
    "admin:short form": "/admin/areas/area/{object_id}/",
    "admin:without a name": "/admin/{url}",
}


def path_to(name, pattern, object_id):
    """The address, about a record where it is about one."""
    model = _model_of(name)
    given = ARGUMENTS | {
        "object_id": object_id.get(model), "pk": object_id[ServiceItem],
        "code": object_id[Area],
    }  # fmt: skip
    if name in DESK_PAGES:
        given |= {"name": DESK.name, "pk": object_id[DESK.model]}
    if name.startswith("public"):
        given |= {"name": REGISTER.name, "pk": object_id[REGISTER.model]}
    if name in NAMED:
        return NAMED[name].format(**given)
    wanted = [*pattern.converters, *getattr(getattr(pattern, "regex", None), "groupindex", ())]
    return reverse(name, kwargs={key: given[key] for key in wanted})


def _model_of(name):
    wanted = rule_of(name)[1].get("model")
    for model in admin.site._registry:
        if f"{model._meta.app_label}_{model._meta.model_name}" == wanted:
            return model
    return Area


def about_a_record(pattern):
    """Whether the address names a record or a division."""
    return bool({"object_id", "pk", "code"} & set(pattern.converters))


# --- the walk ------------------------------------------------------------------------------------


class Knock:
    """One person's browser: what a request changes is undone after it."""

    def __init__(self, who, settled):
        self.browser = Client() if who.label == "anonymous" else signed_in(who.account(settled))

    def __call__(self, method, path, follow=False):
        """The answer, and the page it leads to in the end."""
        browser = Client()
        browser.cookies = SimpleCookie(self.browser.cookies.output(header="", sep=";"))
        with transaction.atomic():
            response = getattr(browser, method)(path, {"post": "yes"} if method == "post" else None)
            last = response
            if follow and response.status_code == 302:
                last = browser.get(response.url)
            transaction.set_rollback(True)
        return response, last


def status(response):
    """Its number; being sent to the start page, with the word that there is no such record, is a 404."""
    led_away = response.status_code == 302 and response.url == reverse("admin:index")
    return 404 if led_away else response.status_code


def shown(response):
    """The page without what differs from one showing to the next."""
    text = b"".join(response.streaming_content) if response.streaming else response.content
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.decode())
    for code in (FOREIGN, MISSING, ABROAD, ABSENT):
        text = text.replace(str(code), "…")
    return text


@pytest.fixture
def here(db):
    """What stands where everybody works."""
    return settle(COMMUNITY)


def test_it_is_said_who_may_have_each_address():
    assert [name for name, _ in ADDRESSES if rule_of(name) is None] == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.label)
def test_insiders_have_what_their_role_says(who, method, here):
    knock = Knock(who, here)
    keys = {model: one.pk for model, one in here.items()}
    wrong = []
    for name, pattern in ADDRESSES:
        rule, about = rule_of(name)
        expected = rule(Visit(who, name, method, **about))
        path = path_to(name, pattern, keys)
        response, _ = knock(method, path)
        fine = (status(response) if about else response.status_code) in expected
        if who.label == "anonymous" and rule not in OPEN:
            fine = response.status_code == 302 and response.url.startswith(SENT_AWAY)
        if not fine:
            wrong.append((path, response.status_code, expected))
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.label)
def test_outsiders_cannot_tell_what_exists_elsewhere(who, method, here):
    there = settle(ABROAD, FOREIGN)
    knock = Knock(who, here)
    foreign = {model: one.pk for model, one in there.items()}
    missing = {model: ABSENT if model is Area else MISSING for model in there}
    wrong = []
    for name, pattern in ADDRESSES:
        if not about_a_record(pattern) or name == "admin:short form" or "specialday" in name:
            continue  # holidays stand in no area
        answers = [
            knock(method, path_to(name, pattern, keys), follow=True) for keys in (foreign, missing)
        ]
        (first, last), (first_missing, last_missing) = answers
        if first.status_code == 200 or first.status_code != first_missing.status_code:
            wrong.append((name, first.status_code, first_missing.status_code))
        elif shown(last) != shown(last_missing):
            wrong.append((name, "the pages differ"))
    assert not wrong, "\n".join(map(str, wrong))
    assert all(type(one).objects.filter(pk=one.pk).exists() for one in there.values())
