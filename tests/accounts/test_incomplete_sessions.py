"""Whoever has not taken every step of signing in is a visitor at every address, whatever the role."""

import datetime
import itertools

import pytest
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.accounts.gate import SIGNING_OUT
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from tests.accounts.addresses import OF_EACH_PAGE, PATTERNS, path_to
from tests.accounts.behaviours import METHODS
from tests.accounts.expected import OPEN, rule_of
from tests.accounts.knocks import Knock
from tests.accounts.test_every_url_abroad import shown
from tests.accounts.world import Staff, settle, signed_in
from tests.cases import in_both_forms
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY
from tests.signing_in.steps import with_device

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - datetime.timedelta(days=4000)
# Who may do everything, but for the step that is missing.
MISSING = {
    "second_factor": {},
    "second_factor_setup": {},
    "one-time password": {"must_change_password": True},
    "expired password": {"password_changed_at": LONG_AGO},
}


class Incomplete(Staff):
    """Somebody at a step."""

    def account(self, settled):
        user = UserFactory(is_superuser=True, **MISSING[self.label])
        if self.label == "second_factor":
            with_device(user)
        return user


def seen(response):
    """What a page shows, or which kind of file comes."""
    kind = response.headers.get("Content-Type", "")
    return response.status_code, shown(response) if kind.startswith("text/html") else kind


@in_both_forms("names", short=OF_EACH_PAGE, whole=list(PATTERNS))
def test_is_answered_as_a_visitor_everywhere(settings, names):
    here = settle(COMMUNITY)
    keys = {model: one.pk for model, one in here.items()}
    known = [one for one in itertools.product(names, METHODS) if one[0] not in SIGNING_OUT]
    paths = {name: path_to(name, keys) for name, _ in known}
    visitor = Knock(Staff("anonymous"), here)
    expected = {
        (name, method): seen(visitor(method, paths[name])[0])
        for name, method in known
        if rule_of(name)[0] in OPEN
    }
    wrong = []
    for missing in MISSING:
        settings.REQUIRE_SECOND_FACTOR = missing == "second_factor_setup"
        step = missing if missing in PATTERNS else "password"
        knock = Knock(Incomplete(missing), here)
        for name, method in known:
            answer, _ = knock(method, paths[name])
            led_on = getattr(answer, "url", "").startswith(f"{reverse(step)}?")
            alike = (name, method) in expected and seen(answer) == expected[name, method]
            # In which way a page is never asked for is said to anybody.
            if not (alike or led_on or name == step or answer.status_code == 405):
                wrong.append((missing, method, paths[name], answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))


def test_an_address_that_leads_nowhere_says_nothing_of_the_person():
    user = UserFactory(name="孙某某", must_change_password=True)
    assert "孙某某" not in signed_in(user).get("/no/such/page").text


def test_signs_out_as_who_it_is():
    user = UserFactory(must_change_password=True)
    browser = signed_in(user)
    browser.post(reverse("sign_out"))
    assert AuditEntry.objects.filter(action=Action.SIGN_OUT, actor_id=user.pk).exists()
    assert not browser.session.items()


def test_writes_as_a_visitor(monkeypatch):
    """What an open page writes is neither signed by, nor guarded for, whoever is not in yet."""
    acted = []
    monkeypatch.setattr(
        "volunteers.mine.WhoForm.volunteer", lambda form: acted.append(trail.current())
    )
    browser = signed_in(UserFactory(must_change_password=True))
    browser.post(reverse("my_service"), {"number": "V1", "phone": "1"})
    assert [one.user for one in acted] == [None]
