"""Every place that takes a file, and every file that lies: a refusal in Chinese, and soon."""

import json
import os
import re
import subprocess
import sys

import pytest
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from suzhou_portal.accounts.roles import Role
from suzhou_portal.desks.forms import FilesForm
from suzhou_portal.desks.models import DraftFile
from suzhou_portal.files.models import Attachment
from suzhou_portal.imports import jobs
from suzhou_portal.imports.forms import AccountListForm, ImportForm, TableForm
from suzhou_portal.imports.models import Job
from suzhou_portal.imports.registry import ledgers
from suzhou_portal.records.kinds import kinds
from suzhou_portal.reports.models import ReturnForm
from tests.cases import case, in_both_forms
from tests.factories.areas import DISTRICT, AreaFactory
from tests.files import hostile
from tests.files.measured import read_ledger, read_upload
from tests.journeys import Somebody

SECONDS, MEGABYTES = 5, 200
CHINESE = re.compile(r"[\u4e00-\u9fff].*[。：]")


def files():
    """All of them by name, those that take long to make left out."""
    return {**hostile.workbooks(), **hostile.others()}


def test_there_is_no_other_place_that_takes_a_file():
    with_files = {
        form
        for form in _below(forms.BaseForm)
        if form.__module__.startswith(
            ("suzhou_portal", "communities", "organizations", "volunteers", "charity")
        )
        and any(isinstance(field, forms.FileField) for field in form.base_fields.values())
    }
    assert with_files == {TableForm, ImportForm, AccountListForm, FilesForm}
    columns = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    assert {*columns} == {one._meta.get_field("file") for one in (Attachment, DraftFile, Job)}
    assert not {Attachment, Job} & set(admin.site._registry)


def _below(kind):
    found = {one for one in kind.__subclasses__() if hasattr(one, "base_fields")}
    for one in kind.__subclasses__():
        found |= _below(one)
    return found


@pytest.fixture
def clerk(db):
    AreaFactory(code=DISTRICT)
    return Somebody(Role.DISTRICT, DISTRICT)


@pytest.mark.django_db
@pytest.mark.usefixtures("kept_in")
@in_both_forms("take", short=1, whole=100)
def test_every_ledger_refuses_them_at_its_field(clerk, take):
    for ledger in sorted(ledgers.all(), key=lambda ledger: ledger.name != "people")[:take]:
        for name, data in files().items():
            with case(ledger.name, name):
                upload = SimpleUploadedFile("台账.xlsx", data)
                response = clerk.client.post(f"/imports/{ledger.name}/", {"file": upload})
                [said] = _refusal(clerk, response)
                assert CHINESE.search(said), said
        assert not ledger.model.objects.exists()


def _refusal(clerk, response):
    """What the form says, or the page of an import that was carried out elsewhere."""
    if response.status_code == 200:
        return response.context["form"].errors["file"]
    jobs.work()
    page = clerk.client.get(response.url)
    assert page.context["job"].refused in page.text
    return [page.context["job"].refused]


@pytest.mark.django_db
@in_both_forms("take", short=1, whole=100)
def test_every_desk_answers_them_at_its_field(clerk, take):
    named = [
        desk
        for desk in kinds.desks()
        if desk.files and desk.open_to(clerk.user) and not desk.parent
    ]
    named.sort(key=lambda desk: desk.model is not ReturnForm)
    for desk in named[:take]:
        page = f"/desk/{desk.name}/new/"
        if clerk.client.get(page).status_code != 200:
            continue
        for name, data in files().items():
            with case(desk.name, name):
                upload = SimpleUploadedFile("附件.jpg", data)
                response = clerk.client.post(page, {"uploads": upload})
                assert response.status_code == 200
                for said in response.context["files"].errors.get("uploads", ()):
                    assert said.startswith("“附件.jpg”：")
                    assert CHINESE.search(said), said


@in_both_forms("those", short="short", whole="heavy")
def test_refusing_costs_little(those):
    """In a process of their own, which has no threads and may so be measured in forks."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.files.measured", those]
    lines = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True
    ).stdout
    costs = [json.loads(line) for line in lines.splitlines()]
    assert costs
    for cost in costs:
        with case(cost):
            assert cost["seconds"] < SECONDS
            assert cost["megabytes"] < MEGABYTES


@pytest.mark.parametrize(
    "error", [ValueError, SyntaxError, OSError, NotImplementedError, RuntimeError, MemoryError]
)
def test_whatever_a_parser_raises_is_a_refusal(monkeypatch, error):
    book = hostile.workbook()

    def fails(*args, **kwargs):
        raise error

    monkeypatch.setattr("suzhou_portal.files.content.Image.open", fails)
    monkeypatch.setattr("suzhou_portal.files.packages.zipfile.ZipFile", fails)
    monkeypatch.setattr("suzhou_portal.reports.layouts.etree.parse", fails)
    for data in (b"\x89PNG", book):
        for read in (read_upload, read_ledger):
            with pytest.raises(ValidationError):
                read(data)
