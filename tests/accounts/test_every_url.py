"""Every address of the portal, for every role, where the person works.

`expected.py` says of each address who may have it; one it does not know fails the first test.
What lies elsewhere is in `test_every_url_abroad.py`.
"""

from http.cookies import SimpleCookie

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from charity.models import CharityResource
from communities.models import Course, ExamSeason, PayPeriod
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.areas.models import Area
from suzhou_portal.desks.registry import desks
from suzhou_portal.reporting.models import Return
from suzhou_portal.reports.models import ReturnForm
from tests.accounts.expected import DESK_PAGES, OPEN, Visit, rule_of
from tests.accounts.world import WHO, Staff, settle, signed_in
from tests.factories.areas import COMMUNITY
from volunteers.models import Activity, Emergency, ServiceCertificate

pytestmark = pytest.mark.django_db

EVERYBODY = [Staff("anonymous"), *WHO]
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
    "file": 1,
    "period": "2022-Q1",
    "ending": "xlsx",
}
# The desks whose pages are walked; tests/desks walks them all.
SHEET_OF = {
    "course_attendance": Course, "course_results": Course, "exam_passes": ExamSeason,
    "payroll_of": PayPeriod, "activity_check_in": Activity, "service_certificate": ServiceCertificate,
    "charity_trace": CharityResource, "mobilization": Emergency, "filled_form": ReturnForm,
    "organization": SocialOrganization,
    "return": Return, "snapshot": Return,
}  # fmt: skip
DESK, REGISTER = desks.get("grid-events"), desks.get("grid-posts")  # fmt: skip

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
    given["column"] = next(iter(getattr(model, "masked", {})), "phone")
    if name in DESK_PAGES:
        given |= {"name": DESK.name, "pk": object_id[DESK.model]}
    if name in SHEET_OF:
        given |= {"pk": object_id[SHEET_OF[name]]}
    if name.startswith("import_"):
        given |= {"name": "resources"}
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


@pytest.fixture(autouse=True)
def nothing_noted(monkeypatch):
    """Django notes for tests every template and what it was given; a walk asks for none of it."""
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


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
