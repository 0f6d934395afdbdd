"""Days of one record that have an order are compared by a rule; those that have none say why."""

from itertools import chain

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Q

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.kinds import kinds

LATE = "逾期的如实登记，可以晚于期限，也可以早于期限"
# Groups of days that no rule compares with the record's other days, and why.
FREE = {
    ("communities.PayScheme", "adopted_on"): "标准可以追溯，也可以提前公布",
    ("communities.SecretaryProject", "planned_from"): "实施可以早于或晚于计划",
    ("organizations.Evaluation", "due_on"): LATE,
    ("organizations.Deliverable", "due_on"): LATE,
    ("organizations.ServiceItem", "verified_on"): "核实可以先于发布，也可以在撤下以后",
    ("charity.DisclosureDuty", "due_on"): LATE,
    ("linkage.ApiKey", "revoked_on"): "泄露的密钥没有生效也可以停用",
    ("volunteers.TeamTraining", "held_on"): "可以提前举办，计划日期照原样保留",
}
MODELS = [model for model in apps.get_models() if issubclass(model, AreaRecord)]


def days(model):
    """The columns that keep days, but for the portal's own."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if type(field) is not models.DateTimeField and isinstance(field, models.DateField)
    }


def compared(condition):
    """Pairs of columns that a condition compares with each other."""
    for child in condition.children if isinstance(condition, Q) else ():
        if isinstance(child, tuple):
            yield from ((child[0].split("__")[0], one) for one in referred(child[1]))
        else:
            yield from compared(child)


def referred(value):
    if isinstance(value, F):
        yield value.name
    for inner in getattr(value, "get_source_expressions", list)() if value is not None else ():
        yield from referred(inner)


def groups(model):
    """The days, together where a rule compares them, directly or by way of others."""
    found = [{day} for day in sorted(days(model))]
    checks = [one for one in model._meta.constraints if isinstance(one, models.CheckConstraint)]
    for pair in chain.from_iterable(compared(one.condition) for one in checks):
        both = [group for group in found if group & {*pair}]
        found = [group for group in found if group not in both]
        found.append(set().union(*both))
    return found


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_days_that_have_an_order_are_compared(model):
    left = [group for group in groups(model) if group]
    free = {name for (label, name) in FREE if label == model._meta.label}
    apart = [group for group in left if not group & free]
    assert len(apart) <= 1, apart
    assert not free or len(left) > 1, "compared by now"


def test_no_step_overwrites_what_was_entered():
    """What is announced is one column, what happened is another: 召开 once wrote over the day announced."""
    for model in apps.get_models():
        if not issubclass(model, Staged):
            continue
        kind = kinds.of(model)
        asked = {name for move in model.lifecycle.moves for name in move.fields}
        entered = asked | {*(kind.fields if kind else ())}
        for move in model.lifecycle.moves:
            again = {*move.dated} & entered
            assert not again, (model, move.verb, again)
