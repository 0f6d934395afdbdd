"""The table of roles: it names what exists, somebody keeps each record, and the admin follows it."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from charity.models import DisclosureDuty
from organizations.models import EvaluationScore
from suzhou_portal.accounts import roles
from suzhou_portal.accounts.roles import PERMISSIONS, Role
from suzhou_portal.areas import codes
from suzhou_portal.finding.models import MissedSearch
from suzhou_portal.lifecycle.triggers import staged_models
from suzhou_portal.linkage.models import PageFault
from suzhou_portal.reporting.models import Snapshot
from tests.accounts.world import HELD_AT, WHO, page, settle, signed_in
from tests.admin.test_admin import RECORDS
from tests.cases import case
from tests.factories.areas import COMMUNITY
from volunteers.models import VolunteerApplication

ACTIONS = {"view", "add", "change", "delete", "reveal", "review", "contact", "attend"} | {
    move.action for model in staged_models() for move in model.lifecycle.moves
}
# Section 5 of the domain brief: the apps in which each role finds anything.
_OFFICE = {
    "communities", "organizations", "volunteers", "charity", "linkage", "finding", "figures", "reporting",
    "reports",
}  # fmt: skip
APPS = {
    Role.TEAM: {"linkage", "volunteers"},
    Role.ORGANIZATION: {"linkage", "organizations"},
    Role.EVALUATOR: {"organizations"},
    Role.GRID_WORKER: {"communities", "linkage", "organizations", "volunteers"},
    Role.COMMUNITY: _OFFICE,
    Role.STREET: _OFFICE,
    Role.DISTRICT: _OFFICE | {"areas", "calendars"},
    Role.HR: {"communities"},
    Role.AUDITOR: {"audit"},
    Role.ADMINISTRATOR: {"accounts", "linkage", "service"},
}


def may(action, model):
    """The roles that may do it."""
    permission = f"{model._meta.app_label}.{action}_{model._meta.model_name}"
    return {role for role, granted in PERMISSIONS.items() if permission in granted}


def test_a_permission_names_a_model_and_an_action():
    for permission in frozenset().union(*PERMISSIONS.values()):
        with case(permission):
            app, action, model = re.fullmatch(r"(\w+)\.([a-z]+)_([a-z]+)", permission).groups()
            assert action in ACTIONS
            assert apps.get_model(app, model)


def test_only_what_is_masked_is_revealed():
    for permission in frozenset().union(*PERMISSIONS.values()):
        if ".reveal_" in permission:
            assert apps.get_model(permission.replace("reveal_", "")).masked


def test_every_role_stands_in_the_table():
    assert set(PERMISSIONS) == set(Role)
    assert set(roles.OWNERS) | set(roles.LEVELS) == set(Role)


def test_somebody_keeps_each_record():
    """What is a file, a case or a meeting, nobody deletes; what approving keeps, or follows from the dates
    of another record, nobody enters. Lines of a score sheet come with the evaluation; volunteers apply, and
    residents look for services and say what is wrong on a page, without an account.
    """
    others = {
        EvaluationScore: ("view", "change"), VolunteerApplication: ("view",), MissedSearch: ("view",),
        PageFault: ("view",),
    }  # fmt: skip
    for model in set(RECORDS) - {Snapshot, DisclosureDuty}:
        for action in others.get(model, ("view", "add", "change")):
            assert may(action, model), (action, model)
    for model in (Snapshot, DisclosureDuty):
        assert not may("add", model) | may("change", model) | may("delete", model)


def test_owners_find_nothing_but_what_says_whose_it_is():
    for model in RECORDS:
        keys = getattr(model, "owned_by", {})
        owning = {role for role, key in roles.OWNERS.items() if key in keys}
        assert may("view", model) & set(roles.OWNERS) <= owning, model


def test_whoever_changes_or_reviews_sees():
    for role, granted in PERMISSIONS.items():
        for permission in granted:
            seen = re.sub(r"\.[a-z]+_", ".view_", permission)
            assert seen in granted, (role, permission)


def test_the_auditor_changes_nothing():
    assert PERMISSIONS[Role.AUDITOR] == {"audit.view_auditentry"}


def test_only_the_personnel_office_sees_individual_pay():
    assert may("view", apps.get_model("communities.paymonth")) == {Role.HR}


def test_only_the_administrator_gives_rights():
    for name in ("user", "assignment"):
        for action in ("view", "add", "change", "delete"):
            assert may(action, apps.get_model("accounts", name)) <= {Role.ADMINISTRATOR}


def test_roles_are_held_where_these_tests_hold_them():
    for role, code in HELD_AT.items():
        assert codes.level_of(code) in roles.LEVELS[role]


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO, ids=lambda who: who.label)
def test_the_start_page_leads_to_what_the_role_may_see(who):
    """Every record it may see, and no other, in the order of daily work."""
    user = who.account(settle(COMMUNITY))
    shown = page(signed_in(user).get(reverse("admin:index")))
    granted = PERMISSIONS.get(who.role, frozenset())
    for model in admin.site._registry:
        label = model._meta.app_label, model._meta.model_name
        link = f'href="{reverse("admin:{}_{}_changelist".format(*label))}"'
        assert (link in shown) == ("{}.view_{}".format(*label) in granted), label
    found = set(re.findall(r'<div class="app-(\w+) module', shown))
    assert found == APPS.get(who.role, set())
