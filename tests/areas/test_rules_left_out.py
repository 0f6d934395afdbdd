"""Constraints are asked of what validated: a field that did not is left out, whichever it is."""

import pytest
from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import CommitteeTerm, DeliberationMeeting
from suzhou_portal.areas import rules
from tests.accounts.world import settle
from tests.cases import case
from tests.factories.areas import COMMUNITY, AreaFactory


@pytest.mark.django_db
def test_any_field_may_be_left_out_of_any_kind_of_record():
    asked = 0
    for model, record in settle(COMMUNITY).items():
        for field in model._meta.concrete_fields if model._meta.constraints else ():
            with case(model.__name__, field.name):
                record.validate_constraints(exclude={field.name})
                asked += 1
    assert asked > 500


def test_no_record_has_a_constraint_that_cannot_leave_out():
    for model in apps.get_models():
        for rule in model._meta.constraints:
            if isinstance(rule, ExclusionConstraint):
                assert isinstance(rule, rules.Apart)


@pytest.mark.django_db
def test_a_rule_is_asked_where_another_adds_up_what_is_blank():
    """The database cannot add blanks of no type; that must not pass for a record without fault."""
    meeting = DeliberationMeeting(
        area=AreaFactory(code=COMMUNITY),
        kind="residents",
        entitled=5,
        attended=9,
        abstained=1,
        state="planned",
    )
    with pytest.raises(ValidationError) as caught:
        meeting.validate_constraints()
    assert "实到人数不能多于应到人数。" in caught.value.messages


@pytest.mark.django_db
def test_each_relation_is_looked_up_once():
    term = settle(COMMUNITY)[CommitteeTerm]
    with CaptureQueriesContext(connection) as asked:
        term.full_clean()
    looked_up = [one for one in asked if 'FROM "areas_area"' in one["sql"]]
    assert len(looked_up) == 1
