"""What is kept for good is only added to, at the time of the clock, whoever writes and however."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from suzhou_portal.lifecycle.models import Author, Step
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.reporting.models import FigureDefinition, Snapshot
from tests.accounts.world import acting
from tests.cases import case
from tests.factories.accounts import UserFactory
from tests.factories.charity import AllocationFactory
from tests.factories.reporting import SnapshotFactory

pytestmark = pytest.mark.django_db
KEPT = [model for model in apps.get_models() if getattr(model, "stamped", "")]
CLEARING = "SET LOCAL portal.clearing = 'on'; SET LOCAL portal.retention = 'on'; "


def refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def step():
    """A step somebody took."""
    record = AllocationFactory(state="proposed")
    take(record, "approve", by=None)
    Step.objects.update(by=None)  # changes nothing
    return Step.objects.get()


def test_these_are_known():
    assert set(KEPT) == {Step, Snapshot, FigureDefinition}


def test_none_is_changed_or_removed(step):
    SnapshotFactory()
    for model in KEPT:
        table, column = model._meta.db_table, model.stamped
        with case(model):
            assert model.objects.exists()
            for before in ("", CLEARING):
                refused(f"{before}DELETE FROM {table}")
                refused(f"{before}UPDATE {table} SET {column} = '2020-01-01'")
                refused(f"{before}TRUNCATE {table}")
            refused(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def test_nothing_is_backdated(step):
    columns = ", ".join(
        field.column for field in Step._meta.fields if field.name not in ("id", "taken_at")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO lifecycle_step (taken_at, {columns})"
            f" SELECT '2020-01-01', {columns} FROM lifecycle_step"
        )
    assert {one.taken_at.year for one in Step.objects.all()} == {timezone.now().year}


@pytest.mark.parametrize(
    "change", ["note = '改'", "by_name = '别人'", "is_demo = true", "taken_on = '2020-01-01'"]
)
def test_a_step_says_what_it_said(step, change):
    refused(f"UPDATE lifecycle_step SET {change}")
    refused(f"UPDATE lifecycle_step SET by_id = NULL, {change}")


def test_a_step_outlives_the_account_that_took_it():
    user = UserFactory(name="某某", is_superuser=True)
    take(AllocationFactory(state="proposed"), "approve", by=user)
    user.delete()
    step = Step.objects.get()
    assert (step.by, step.by_name) == (None, "某某")


@pytest.mark.parametrize("demo", [True, False])
def test_a_step_goes_only_with_a_demonstration(demo):
    take(AllocationFactory(state="proposed", is_demo=demo), "approve")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.clearing', 'on', true)")
    if demo:
        Step.objects.all()._raw_delete("default")
    else:
        refused("DELETE FROM lifecycle_step")
    assert Step.objects.exists() is not demo


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM lifecycle_author",
        'UPDATE lifecycle_author SET "user" = 0',
        "INSERT INTO lifecycle_author (model, object_id, \"user\") VALUES ('charity.allocation', 1, 1)",
    ],
)
def test_the_application_makes_and_unmakes_no_author(statement):
    with acting(UserFactory(is_superuser=True)):
        AllocationFactory()
    assert Author.objects.exists()
    refused(statement)
