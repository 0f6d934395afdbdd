"""Kinds of record: declared once, and whatever follows from the declaration fits."""

import ast
import dataclasses

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suzhou_portal.accounts.roles import PERMISSIONS, Role, permission
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.records.columns import Column, columns, joins, named_with
from suzhou_portal.records.kinds import KindRegistry, kinds
from suzhou_portal.records.role_table import document
from tests.factories import every_factory

KINDS = list(kinds)
each = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__name__)
# Only looked at: what returns and demonstrations keep. A file, an amendment and what was found
# of two belong to their record.
UNDECLARED = {"Amendment", "Snapshot", "Demonstration", "PublishedValue", "Attachment", "Verdict"}


def test_every_record_that_stands_in_an_area_is_of_a_kind():
    found = {
        model.__name__
        for model in apps.get_models()
        if issubclass(model, AreaRecord) and kinds.of(model) is None
    }
    assert found <= UNDECLARED


@each
def test_its_admin_is_made_from_the_declaration(kind):
    made = admin.site._registry[kind.model]
    assert made.kind is kind
    assert len(made.list_display) == len(kind.admin.columns)


@each
def test_its_roles_are_what_permissions_say(kind):
    for role in Role:
        declared = {permission(action, kind.model) for action in kind.roles.get(role, ())}
        suffix = permission("", kind.model).split(".")
        granted = {
            one
            for one in PERMISSIONS[role]
            if one.startswith(f"{suffix[0]}.") and one.endswith(suffix[1])
        }
        assert declared == granted, role


@each
def test_somebody_may_do_what_a_to_do_or_a_page_asks(kind):
    asked = {kind.permission(todo.action) for todo in kind.todos}
    asked |= {permission(page.action, page.of or kind.model) for page in kind.pages}
    asked |= {permission(page.action, page.of or kind.model) for page in kind.record_pages}
    assert asked <= set().union(*PERMISSIONS.values())


def test_no_kind_says_again_what_a_field_says():
    """A heading that is the field's own is left to the field."""
    models = {kind.model.__name__: kind.model for kind in KINDS}
    repeated = [
        (file.name, ast.unparse(column))
        for file in sorted(settings.BASE_DIR.glob("*/kinds/*.py"))
        for model, column in _columns_said(ast.parse(file.read_text(encoding="utf-8")))
        if _is_own(models[model], *(part.value for part in column.args[:2]))
    ]
    assert repeated == []


def _columns_said(tree):
    for call in _calls(tree, "Kind"):
        [model] = [word.value.id for word in call.keywords if word.arg == "model"]
        for column in _calls(call, "Column"):
            if len(column.args) == 2:  # one with an order says more than a name could
                yield model, column


def _calls(tree, name):
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [call for call in calls if getattr(call.func, "id", "") == name]


def _is_own(model, label, path):
    try:
        return columns(model, [path])[0].label == label
    except (FieldDoesNotExist, AttributeError):
        return False


def test_a_column_by_name_has_the_heading_of_its_field():
    model = kinds.desk("purchases").model
    [name, field] = columns(model, ["provider", "provider.kind"])
    assert name == Column("承接组织", "provider")
    assert field == Column("类型", "provider.kind")


def test_a_name_that_is_no_field_is_refused():
    with pytest.raises(FieldDoesNotExist):
        columns(kinds.desk("purchases").model, ["unpaid_amount"])


def test_what_names_a_record_is_read_with_it():
    visit = kinds.desk("supervision-visits").model
    assert joins(visit, [Column("", "evaluation")]) == (
        "area",
        "evaluation",
        "evaluation__project",
    )
    pay = kinds.desk("pay").model
    assert joins(pay, [Column("", "__str__")]) == ("area", "post", "post__person")


@pytest.mark.parametrize(
    "factory", every_factory(), ids=lambda factory: factory._meta.model.__name__
)
def test_a_record_read_with_what_names_it_tells_its_name_at_no_cost(factory, db):
    record, model = factory(), factory._meta.model
    stored = model._base_manager.select_related(*named_with(model)).get(pk=record.pk)
    with CaptureQueriesContext(connection) as asked:
        str(stored)
    assert len(asked) == 0


def test_nothing_is_declared_twice():
    registry = KindRegistry()
    kind = kinds.desk("purchases")
    registry.add(kind)
    with pytest.raises(ValueError, match="twice"):
        registry.add(dataclasses.replace(kind))


def test_the_table_of_roles_is_what_is_declared():
    page = (settings.BASE_DIR / "docs" / "roles.md").read_text(encoding="utf-8")
    assert page == document()
