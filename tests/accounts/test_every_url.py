"""Every address of the portal, for every role, where the person works.

`expected.py` says of each address who may have it; one it does not know fails the first test.
What lies elsewhere is in `test_every_url_abroad.py`.
"""

import pytest

from tests.accounts.addresses import ADDRESSES, PATTERNS, path_to
from tests.accounts.behaviours import EVERYBODY, METHODS, behaviour, expected, visits, walked
from tests.accounts.expected import OPEN, rule_of
from tests.accounts.knocks import Knock, status
from tests.accounts.world import settle
from tests.admin.test_admin import MODELS
from tests.factories.areas import COMMUNITY

SENT_AWAY = ("/account/sign-in/", "/admin/login/")


def test_it_is_said_who_may_have_each_address():
    assert [name for name, _ in ADDRESSES if rule_of(name) is None] == []


def test_every_address_role_record_and_behaviour_is_walked():
    assert {visit.name for visit in walked()} == set(PATTERNS)
    assert {(one.who.label, one.method) for one in walked()} == {
        (who.label, method) for who in EVERYBODY for method in METHODS
    }
    assert {one.model for one in walked()} >= {
        f"{model._meta.app_label}_{model._meta.model_name}" for model in MODELS
    }
    assert {behaviour(one) for one in walked()} == {behaviour(one) for one in visits()}


def test_visits_that_are_alike_are_answered_alike():
    answers = {}
    for visit in visits():
        assert answers.setdefault(behaviour(visit), expected(visit)) == expected(visit), visit


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_insiders_have_what_their_role_says(method):
    walk([one for one in walked() if one.method == method])


@pytest.mark.exhaustive
@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.label)
def test_each_insider_at_each_address(who):
    walk([one for one in visits() if one.who == who])


def walk(among):
    """Knock at each; what comes is what the table says, and whoever is nobody is sent to sign in."""
    here = settle(COMMUNITY)
    knocks = {who.label: Knock(who, here) for who in EVERYBODY}
    keys = {model: one.pk for model, one in here.items()}
    wrong = []
    for visit in among:
        path = path_to(visit.name, keys)
        response, _ = knocks[visit.who.label](visit.method, path)
        fine = (status(response) if visit.page else response.status_code) in expected(visit)
        if visit.who.label == "anonymous" and rule_of(visit.name)[0] not in OPEN:
            away = response.status_code == 302 and response.url.startswith(SENT_AWAY)
            # What a page is never asked for in that way is said to anybody.
            fine = away or response.status_code == 405
        if not fine:
            wrong.append(
                (visit.who.label, visit.method, path, response.status_code, expected(visit))
            )
    assert not wrong, "\n".join(map(str, wrong))
