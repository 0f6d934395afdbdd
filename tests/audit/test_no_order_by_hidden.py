"""No order tells what is hidden: who sees a list sorted by hidden names knows where a name stands."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.test import RequestFactory

from suzhou_portal.accounts.roles import PERMISSIONS, Role, permission
from tests.cases import case
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] != "django"]


def hidden_by(model, order):
    """The hidden columns an order compares by, also where it leads to another record and so to its own
    order.
    """
    path = getattr(getattr(order, "expression", order), "name", order)
    assert isinstance(path, str), order
    *above, last = path.lstrip("-").split("__")
    try:
        for name in above:
            model = model._meta.get_field(name).related_model
        field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    except FieldDoesNotExist:
        return set()
    hidden = set(getattr(model, "masked", {})) | set(getattr(model, "withheld", ()))
    if field.related_model is not None:
        return hidden_in(field.related_model, field.related_model._meta.ordering)
    return {f"{model.__name__}.{field.name}"} & {f"{model.__name__}.{name}" for name in hidden}


def hidden_in(model, orders):
    return {name for order in orders for name in hidden_by(model, order)}


def test_no_record_is_ordered_by_what_it_hides():
    """Choices, searches for choices, and lists that say no order of their own follow the model's."""
    for model in MODELS:
        with case(model._meta.label):
            assert not hidden_in(model, model._meta.ordering)


def test_no_list_is_or_can_be_ordered_by_what_is_hidden_from_who_reads_it():
    request = RequestFactory().get("/")
    request.user = UserFactory(is_superuser=True)
    allowed = set()
    for model, options in admin.site._registry.items():
        seen_by_few = readers(model) <= {Role.HR}
        with case(model._meta.label):
            listed = options.get_changelist_instance(request)
            sortable = map(listed.get_ordering_field, listed.sortable_by)
            fixed = [*options.get_ordering(request), options.date_hierarchy]
            hidden = hidden_in(model, [one for one in (*sortable, *fixed) if one])
            assert not hidden or (seen_by_few and not getattr(model, "masked", {})), hidden
        allowed |= hidden
    assert "PayMonth.gross" in allowed  # by which the personnel office may


def readers(model):
    return {role for role in Role if permission("view", model) in PERMISSIONS[role]}
