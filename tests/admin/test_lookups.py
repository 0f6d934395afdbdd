"""A list of the admin answers what its filters offer; whatever else an address asks is turned away."""

from itertools import product

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import date_hierarchy

from suzhou_portal.lookups import DeclaredLookups
from tests.admin.test_admin import FACTORIES, address
from tests.cases import case, in_both_forms

pytestmark = pytest.mark.django_db
JUNK = ["x", "", "1", "9" * 30, "(", "[", "1,x", "2023-02-30", "{"]
LOOKUPS = [
    "range", "regex", "contained_by", "year", "year__gt", "in", "gt", "isnull",
]  # fmt: skip
KINDS = list(admin.site._registry.items())


def test_every_list_refuses_what_it_does_not_declare():
    for model, kept in KINDS:
        assert isinstance(kept, DeclaredLookups), model


@in_both_forms("lookups", short=["range", "regex"], whole=LOOKUPS)
def test_no_question_from_outside_reaches_the_database(clerk_client, clerk, rf, lookups):
    request = rf.get("/")
    request.user = clerk
    for model, kept in KINDS:
        offered = {path.split("__")[0] for path in kept.filtered(request)}
        hidden = [one.name for one in model._meta.concrete_fields if one.name not in offered]
        for name, lookup in product(hidden[:1] if len(lookups) < 5 else hidden, lookups):
            with case(model, name, lookup):
                asked = {f"{name}__{lookup}": "1"}
                assert clerk_client.get(address(model), asked).status_code == 400


@in_both_forms("junk", short=JUNK[3:4], whole=JUNK)
def test_what_is_offered_takes_any_text(clerk_client, junk):
    met = set()
    for model, _ in KINDS:
        listed = clerk_client.get(address(model)).context["cl"]
        for spec in listed.filter_specs:
            for name, text in product(spec.expected_parameters(), junk):
                alike = type(spec), name.rpartition("__")[2], text
                if junk == JUNK or alike not in met:
                    met.add(alike)
                    with case(model, name, text):
                        answer = clerk_client.get(address(model), {name: text})
                        assert answer.status_code in (200, 302, 400)


def test_days_that_a_list_offers_are_found(clerk_client):
    for model, kept in KINDS:
        if kept.date_hierarchy and model in FACTORIES:
            FACTORIES[model]()
            listed = clerk_client.get(address(model)).context["cl"]
            for choice in date_hierarchy(listed)["choices"]:
                with case(model, choice["link"]):
                    assert clerk_client.get(address(model) + choice["link"]).status_code == 200


@pytest.mark.parametrize("year", ["9999", "0001", "32768", "9" * 30, "x"])
def test_years_out_of_range_are_refused(clerk_client, year):
    for model, kept in KINDS:
        if kept.date_hierarchy:
            asked = {f"{kept.date_hierarchy}__year": year}
            assert clerk_client.get(address(model), asked).status_code == 400
