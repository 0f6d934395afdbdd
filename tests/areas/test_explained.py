"""Quantities that figures add up are within what is possible, or say why not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from suzhou_portal.areas.explained import Reasoned
from suzhou_portal.figures.measures import CurrentOf, MeanOf, SumOf
from suzhou_portal.figures.registry import ANY_DAY, figures
from suzhou_portal.records.kinds import kinds
from tests.factories import every_factory
from tests.factories.volunteering import MusterFactory
from tests.factories.volunteers import VolunteerTeamFactory
from volunteers.models import CheckIn

# What limits the others: another record, the law, or what they are computed from.
LIMITED = {
    ("communities.CommitteeTerm", "vacant"): "职数减去成员",
    ("communities.Enrolment", "attended_hours"): "培训的学时",
    ("communities.PayMonth", "gross"): "岗位工资与绩效工资之和",
    ("organizations.Payment", "amount"): "合同金额",
    ("organizations.Registration", "days_saved"): "由日期算出",
    ("charity.Allocation", "net_value"): "资源价值",
    ("charity.ResourceUse", "value"): "分配价值",
    ("volunteers.Service", "minutes"): "活动时间",
}
MEASURED = [
    (figure.records_as_of(ANY_DAY).model, figure.measure.column)
    for figure in figures.all()
    if isinstance(figure.measure, SumOf | MeanOf | CurrentOf)
]
EXPLAINED = [kind for kind in kinds if issubclass(kind.model, Reasoned)]


@pytest.mark.parametrize(("model", "column"), MEASURED)
def test_what_figures_add_up_is_limited(model, column):
    plausible = issubclass(model, Reasoned) and column in model.plausible
    assert plausible or (model._meta.label, column) in LIMITED


@pytest.mark.parametrize("kind", EXPLAINED, ids=lambda kind: kind.model.__name__)
def test_a_form_that_asks_for_it_has_room_for_the_reason(kind):
    asked = {*kind.model.plausible} & {*kind.fields}
    assert not asked or "explanation" in kind.fields
    for move in kind.model.lifecycle.moves if kind.staged else ():
        if {*kind.model.plausible} & {*move.fields}:
            assert "explanation" in move.optional


@pytest.mark.django_db
@pytest.mark.parametrize(
    "factory",
    [one for one in every_factory() if getattr(one._meta.model, "plausible", None)],
    ids=lambda factory: factory._meta.model.__name__,
)
def test_its_own_rules_ask_too(factory):
    """A model whose `clean` forgets the others' would ask nobody."""
    record, asked = factory(), []
    record.explanation = ""
    record.unusual = lambda: iter(asked)
    record.clean()
    asked += [(name, "多得离奇。") for name in type(record).plausible]
    for name in type(record).plausible:
        field = type(record)._meta.get_field(name)
        setattr(
            record, name, (getattr(record, name) or 0) + 1 if isinstance(field, models.Field) else 0
        )
    with pytest.raises(ValidationError, match="情况说明"):
        record.clean()


@pytest.mark.django_db
def test_nine_thousand_of_a_team_of_thirty_two_are_asked_about():
    muster = MusterFactory()
    team = VolunteerTeamFactory(area=muster.area, members=32)
    came = CheckIn(muster=muster, area=muster.area, team=team, people=9_999)
    with pytest.raises(ValidationError) as caught:
        came.full_clean()
    assert "9,999超出一般情况（32以内）" in caught.value.message_dict["people"][0]
    # With a reason it is kept, and what is kept is left in peace; a new value is asked about again
    came.explanation = "含周边三个社区的群众"
    came.full_clean()
    came.save()
    CheckIn.objects.update(explanation="")
    kept = CheckIn.objects.get()
    kept.full_clean()
    kept.people = 10_000
    with pytest.raises(ValidationError, match="情况说明"):
        kept.full_clean()
