"""Every field of every form, filled in with what a form may choke on: it is refused or it is kept."""

from itertools import product

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from suzhou_portal.desks.forms import move_form, record_form
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.records.kinds import kinds
from tests.accounts.world import settle
from tests.cases import case, in_both_forms
from tests.factories.areas import COMMUNITY

pytestmark = pytest.mark.django_db
FEW = ["\0", "9" * 30]
MANY = [
    *FEW,
    "32768", "9999-12-31", "a\0b", "\x0b", "\uffff", "\ufffd", "𠮷" * 2000, "-1", "0", "2147483648", "1e400", "NaN",
    "Infinity", "１２", "x", "0001-01-01", "10000-01-01", "24:00", "[]", "{}", "'\"<b>",
]  # fmt: skip
both_forms = in_both_forms("texts", short=FEW, whole=MANY)


@pytest.fixture
def here(db):
    """One record of each kind."""
    return settle(COMMUNITY)


def hostile(form, texts):
    """What is sent: each field with each text, the others as the form shows them."""
    shown = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in shown.items() if value is not None}
    for name, text in product(form.fields, texts):
        value = [text] if isinstance(shown.get(name), list) else text
        yield name, text, shown | {name: value}


def kept_or_refused(made, record, blank, texts):
    """A form for a new record beside this one takes each text, or says what is wrong with it."""
    for name, text, data in hostile(made(instance=record), texts):
        with case(type(record).__name__, name, text), transaction.atomic():
            form = made(data, instance=blank())
            assert form.is_valid() or form.errors
            if form.is_valid():
                form.save()
            transaction.set_rollback(True)


@both_forms
def test_on_desks(here, clerk, texts):
    entered = [desk for desk in kinds.desks() if any("add" in one for one in desk.roles.values())]
    for desk in entered:
        record = here.get(desk.model)
        parent = getattr(record, desk.parent) if record and desk.parent else None
        if record and (parent or not desk.parent):

            def blank(desk=desk, parent=parent):
                known = {desk.parent: parent, "area": parent.area} if parent else {}
                return desk.model(**known)

            kept_or_refused(record_form(desk, clerk, parent), record, blank, texts)


@both_forms
def test_in_the_admin(here, clerk, rf, texts):
    request = rf.get("/")
    request.user, request.resolver_match = clerk, None
    for model, kept in admin.site._registry.items():
        # What a desk's form asks of a record, the admin's asks too.
        if texts == FEW and kinds.desk_of(model):
            continue
        if (record := here.get(model)) and kept.has_add_permission(request):
            kept_or_refused(kept.get_form(request), record, model, texts)


@both_forms
def test_with_steps(here, clerk, texts):
    for desk in (one for one in kinds.desks() if one.staged and one.model in here):
        record = here[desk.model]
        for step in record.lifecycle.moves:
            made = move_form(desk, step, clerk)
            for name, text, data in hostile(made(instance=record), texts):
                with case(desk.name, step.verb, name, text), transaction.atomic():
                    _taken(made(data, instance=record), record, step, clerk)
                    transaction.set_rollback(True)


def _taken(form, record, step, by):
    if not form.is_valid():
        assert form.errors
        return
    given = {name: form.cleaned_data[name] for name in step.fields}
    try:
        take(record, step.verb, by=by, note=form.cleaned_data["note"], **given)
    except (ValidationError, PermissionDenied):
        pass
    finally:
        record.refresh_from_db()
