"""What the admin's form refuses, an import refuses too, and says it at the same column."""

import pytest
from django.contrib import admin
from django.contrib.admin.sites import site
from django.test import RequestFactory

from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.imports.registry import ledgers
from tests.imports.files import COPIED, RIGHT, as_csv, keeper_of, row, sheet
from tests.imports.test_journeys import problems, sends

pytestmark = pytest.mark.django_db

LONG = "长" * 600
# By ledger: what is changed in a right row, and the field at which it is refused ("" for the row).
WRONG = [
    ("teams", {"name": ""}, "name"),
    ("teams", {"name": LONG}, "name"),
    ("teams", {"name": "一\0队"}, "name"),
    ("teams", {"founded_on": "2022-13-01"}, "founded_on"),
    ("teams", {"founded_on": ""}, "founded_on"),
    ("teams", {"dissolved_on": "2021-01-01"}, "dissolved_on"),
    ("teams", {"members": "-1"}, "members"),
    ("teams", {"members": "1.5"}, "members"),
    ("teams", {"members": "9999999999"}, "members"),
    ("teams", {"phone": "不详"}, "phone"),
    ("teams", {"phone": "1" * 21}, "phone"),
    ("organizations", {"credit_code": "123"}, "credit_code"),
    ("organizations", {"kind": "社会团体", "credit_code": "91620902MA7000000A"}, "credit_code"),
    ("organizations", {"credit_code": "123", "code_exception": "旧代码"}, ""),
    ("organizations", {"deregistered_on": "2022-05-01"}, "deregistered_on"),
    ("organizations", {"origin": ""}, "origin"),
    ("services", {"provider_name": ""}, ""),
    ("services", {"summary": LONG}, "summary"),
    ("services", {"withdrawn_on": "2022-05-01"}, "withdrawn_on"),
    ("services", {"fee": ""}, "fee"),
    ("resources", {"value": "-1"}, "value"),
    ("resources", {"value": "1.234"}, "value"),
    ("resources", {"value": "一百元"}, "value"),
    ("resources", {"value": "NaN"}, "value"),
    ("resources", {"value": "1" * 14}, "value"),
    ("resources", {"quantity": "-2"}, "quantity"),
    ("resources", {"donor_public": ""}, ""),
    ("people", {"phone": "12"}, "phone"),
    ("people", {"name": "  "}, "name"),
]  # fmt: skip


def described(case):
    ledger, changed, _ = case
    return f"{ledger} {' '.join(f'{name}={value[:12]!r}' for name, value in changed.items())}"


def admin_errors(clerk, ledger, changed):
    """What the admin says of the same values, by field."""
    request = RequestFactory().get("/")
    request.user, request.resolver_match = clerk.user, None
    form_class = site.get_model_admin(ledger.model).get_form(request)
    values = {**RIGHT[ledger.name], **changed}
    for field in ledger.columns:
        labels = {str(label): value for value, label in field.flatchoices or ()}
        values[field.name] = labels.get(values.get(field.name, ""), values.get(field.name, ""))
    return form_class(values).errors


@pytest.fixture
def clerk(db, request):
    return keeper_of(request)


@pytest.mark.parametrize("case", WRONG, ids=map(described, WRONG))
@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a right row"])
def test_what_the_admin_refuses_is_refused_there(clerk, case, beside):
    name, changed, field = case
    ledger = ledgers.get(name)
    refused = admin_errors(clerk, ledger, changed)
    assert field or "__all__" in refused
    if "\0" not in "".join(changed.values()):
        assert not field or field in refused
    rows = [row(name, name="另一个")] if beside else []
    file = as_csv(sheet(name, *rows, row(name, **changed)))
    response = sends(clerk, name, file)
    if "\0" in "".join(changed.values()):
        assert "不支持这种文件" in response.text
        return
    found = problems(response)
    columns = dict(zip(ledger.fields, ledger.headings, strict=True))
    wanted = sorted(columns[name] if name != "__all__" else "" for name in refused)
    assert sorted((number, where) for number, where, _ in found) == [
        (2 + len(rows), heading) for heading in wanted
    ]
    assert found[0][2] in "".join(map("".join, refused.values()))
    assert not ledger.model.objects.exists()


@pytest.mark.parametrize("ledger", COPIED, ids=lambda ledger: ledger.name)
def test_a_right_row_is_right_in_the_admin_and_becomes_the_same_record(clerk, ledger):
    assert not admin_errors(clerk, ledger, {})
    sends(clerk, ledger.name, as_csv(sheet(ledger.name, row(ledger.name))))
    record = ledger.model.objects.get()
    before = {
        field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields
    }
    record.full_clean()
    record.save()
    record.refresh_from_db()
    after = {
        field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields
    }
    assert {**before, "updated_at": None} == {**after, "updated_at": None}


@pytest.mark.parametrize("ledger", COPIED, ids=lambda ledger: ledger.name)
def test_a_ledger_is_one_that_can_be_imported(ledger):
    """COPY calls no save() and no signal, so what these would do must not be needed."""
    model = ledger.model
    assert model.save is AreaRecord.save
    assert not model.stands_with
    assert not any(field.many_to_many for field in ledger.columns)
    assert set(ledger.key) <= set(ledger.fields)
    assert "area" in ledger.key
    assert {field.name for field in ledger.columns if field.is_relation} == {
        "area",
        *ledger.named_by,
    }
    wanted = {
        field.name
        for field in model._meta.fields
        if field.editable and not field.blank and not field.has_default() and not field.primary_key
    }
    assert wanted <= set(ledger.fields)
    assert len(set(ledger.headings)) == len(ledger.headings)
    assert admin.site.is_registered(model)
