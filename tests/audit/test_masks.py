"""What the trail keeps of personal data: masked, as pages show it."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from suzhou_portal import formats
from tests.audit.steps import CONTACT, MASKED_PHONE, PHONE, stands_nowhere
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db


@given(
    st.from_regex(r"\A([0-9][0-9\- ]{4,19})?\Z"),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=5),
)
def test_the_database_masks_as_pages_do(phone, name):
    team = VolunteerTeam(phone=phone, contact=name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT portal_masked(%s, 'phone'), portal_masked(%s, 'name')", [phone, name]
        )
        shown = formats.masked(team, "phone"), formats.masked(team, "contact")
        assert cursor.fetchone() == shown


def test_personal_data_stands_nowhere_in_the_trail():
    team = VolunteerTeamFactory(phone=PHONE, contact=CONTACT)
    VolunteerTeam.objects.update(phone="0937-2600000", contact="司马某")
    team.delete()
    for text in (PHONE, "2600000", CONTACT, "司马某"):
        assert stands_nowhere(text)
    assert not stands_nowhere(MASKED_PHONE)
