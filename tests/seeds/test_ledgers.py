"""The demonstration's accounts have brought files of their own, which can be taken back."""

import hashlib
import io

import pytest
from django.core.management import call_command
from django.test import Client

from seeds.demo.accounts import create_demo_accounts
from seeds.demo.ledgers import FILES
from suzhou_portal.figures import door
from suzhou_portal.figures.models import PublishedValue
from suzhou_portal.imports.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def published():
    return [
        door.value(one.figure, one.area_id, one.as_of).value
        for one in PublishedValue.objects.order_by("pk")
    ]


@pytest.fixture
def batches(demonstration):
    create_demo_accounts()
    return list(Batch.objects.order_by("pk"))


def test_each_file_is_a_batch_of_made_up_records(demonstration):
    before = published()
    create_demo_accounts()
    batches = list(Batch.objects.order_by("pk"))
    assert [one.ledger for one in batches] == [name for name, *_ in FILES]
    for batch in batches:
        assert len(batch.digest) == len(hashlib.sha256().hexdigest())
        made = batch.kind.model.objects.filter(entered_by=batch.user)
        assert (batch.user.is_demo, batch.added) == (True, made.count())
        assert batch.added > 1
        assert all(one.is_demo for one in made)
    assert published() == before


def test_it_is_on_its_page_and_can_be_taken_back(batches):
    for batch in batches:
        browser = Client()
        browser.force_login(batch.user)
        page = f"/imports/{batch.ledger}/"
        undo = f"/imports/batches/{batch.pk}/undo/"
        assert undo in browser.get(page).text
        assert "已撤销导入" in browser.post(undo, follow=True).text
        assert not batch.kind.model.objects.filter(entered_by=batch.user).exists()


def test_they_go_with_the_demonstration(batches):
    call_command("seed_demo", "--clear", stdout=io.StringIO())
    assert not Batch.objects.exists()
