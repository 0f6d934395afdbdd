"""Every address that is about a record, for every role, where the person does not work.

What lies there must be answered to the letter like what does not exist.
"""

import re

import pytest

from suzhou_portal.areas.models import Area
from tests.accounts.addresses import PATTERNS, path_to
from tests.accounts.behaviours import EVERYBODY, METHODS, visits, walked
from tests.accounts.knocks import Knock
from tests.accounts.world import ABROAD, settle
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.django_db
FOREIGN, MISSING = 987654321, 987654329
ABSENT = "620921001009"
# These stand in no area.
NOWHERE = ("calendars_specialday", "reporting_figuredefinition", "service_servicerun")


def about_a_record(name):
    """Whether the address names a record or a division that stands somewhere."""
    named = {"object_id", "pk", "code"} & set(PATTERNS[name].converters)
    nowhere = name.split(":")[-1].startswith(NOWHERE)
    return bool(named) and name != "admin:short form" and not nowhere


def shown(response):
    """The page, where it leads and what is to be said there, without what differs from one showing to
    the next.
    """
    text = b"".join(response.streaming_content) if response.streaming else response.content
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.decode())
    text = re.sub(r'name="sent" value="[0-9a-f-]{36}"', "", text)
    said = getattr(response.wsgi_request, "_messages", None)
    text += f"{response.headers.get('Location')} {said and said._queued_messages}"
    for code in (FOREIGN, MISSING, ABROAD, ABSENT):
        text = text.replace(str(code), "…")
    return text


@pytest.mark.parametrize("method", METHODS)
def test_outsiders_cannot_tell_what_exists_elsewhere(method):
    walk([one for one in walked() if one.method == method], follow=False)


@pytest.mark.exhaustive
@pytest.mark.parametrize("half", range(2))
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.label)
def test_no_outsider_can_tell_anything_of_any_record(who, method, half):
    among = [one for one in visits() if (one.who, one.method) == (who, method)]
    walk(among[half::2], follow=True)


def walk(among, *, follow):
    """Knock where a record is and where none is: both are answered alike, and it is still there."""
    there = settle(ABROAD, FOREIGN)
    here = settle(COMMUNITY)
    knocks = {who.label: Knock(who, here) for who in EVERYBODY}
    foreign = {model: one.pk for model, one in there.items()}
    missing = {model: ABSENT if model is Area else MISSING for model in there}
    wrong = []
    for visit in among:
        if not about_a_record(visit.name):
            continue
        (first, last), (first_missing, last_missing) = (
            knocks[visit.who.label](visit.method, path_to(visit.name, keys), follow=follow)
            for keys in (foreign, missing)
        )
        if first.status_code == 200 or first.status_code != first_missing.status_code:
            wrong.append((visit, first.status_code, first_missing.status_code))
        elif shown(last) != shown(last_missing):
            wrong.append((visit, "the pages differ"))
    assert not wrong, "\n".join(map(str, wrong))
    assert all(type(one).objects.filter(pk=one.pk).exists() for one in there.values())
