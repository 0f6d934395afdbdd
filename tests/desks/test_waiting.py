"""What waits for a person leads to the desk where it is done, and is listed there alone."""

import re

import pytest

from tests.factories.areas import COMMUNITY, AreaFactory
from tests.factories.consultation import MediationCaseFactory, MediationSessionFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


def test_a_notice_leads_to_the_desk_and_lists_what_it_counts():
    # Given a case that was applied for, and one that is being heard
    clerk = Somebody("community", COMMUNITY)
    here = AreaFactory(code=COMMUNITY)
    waiting = MediationCaseFactory(area=here)
    begun = MediationSessionFactory(area=here).case
    # When the clerk follows what waits
    [path] = re.findall(
        r'href="(/desk/mediation-cases/\?todo=[^"]+)">待受理的', clerk.sees("/desk/")
    )
    # Then the desk lists it, and nothing else
    listed = clerk.client.get(path).context["object_list"]
    assert list(listed) == [waiting]
    assert begun in clerk.client.get("/desk/mediation-cases/").context["object_list"]
    # And what cannot be waited for is said to be wrong
    assert clerk.client.get("/desk/mediation-cases/?todo=nothing").status_code == 400
