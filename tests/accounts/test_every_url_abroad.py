"""Every address that is about a record, for every role, where the person does not work.

What lies there must be answered to the letter like what does not exist.
"""

import re

import pytest

from suzhou_portal.areas.models import Area
from tests.accounts.test_every_url import ADDRESSES, EVERYBODY, Knock, path_to
from tests.accounts.world import ABROAD, settle
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.django_db
FOREIGN, MISSING = 987654321, 987654329
ABSENT = "620921001009"
NOWHERE = ("calendars_specialday", "reporting_figuredefinition")  # these stand in no area


def about_a_record(pattern):
    """Whether the address names a record or a division."""
    return bool({"object_id", "pk", "code"} & set(pattern.converters))


def shown(response):
    """The page without what differs from one showing to the next."""
    text = b"".join(response.streaming_content) if response.streaming else response.content
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text.decode())
    for code in (FOREIGN, MISSING, ABROAD, ABSENT):
        text = text.replace(str(code), "…")
    return text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who.label)
def test_outsiders_cannot_tell_what_exists_elsewhere(who, method):
    here = settle(COMMUNITY)
    there = settle(ABROAD, FOREIGN)
    knock = Knock(who, here)
    foreign = {model: one.pk for model, one in there.items()}
    missing = {model: ABSENT if model is Area else MISSING for model in there}
    wrong = []
    for name, pattern in ADDRESSES:
        if (
            not about_a_record(pattern)
            or name == "admin:short form"
            or name.split(":")[-1].startswith(NOWHERE)
        ):
            continue
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
