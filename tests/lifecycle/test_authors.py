"""Nobody approves what they wrote any part of: in every lifecycle, by whatever way they wrote it."""

import datetime
from contextlib import nullcontext

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, models, transaction

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.lifecycle.authors import approved, kinds, refuse_own, wrote
from suzhou_portal.lifecycle.models import Amendment, Author, Staged
from suzhou_portal.lifecycle.triggers import staged_models
from tests.accounts.world import acting
from tests.cases import case
from tests.factories import every_factory
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.charity import AllocationFactory
from tests.factories.communities import EnrolmentFactory, PayMonthFactory
from tests.factories.pay import PayPeriodFactory
from tests.journeys import Somebody
from tests.rules import again
from volunteers.models import Service

pytestmark = pytest.mark.django_db
MONTH = datetime.date(2024, 5, 1)
FACTORIES = {factory._meta.model: factory for factory in every_factory()}
APPROVED = [model for model in staged_models() if model.lifecycle.approves]
CHANGES = {
    models.CharField: "left(%s || '改', 20)",
    models.TextField: "left(%s || '改', 20)",
    models.DateField: "(%s + interval '1 year')::date",
    models.TimeField: "%s + interval '5 minutes'",
    models.IntegerField: "%s + 1",
    models.DecimalField: "%s + 1",
}
PARTS = [model for model, _ in kinds() if model in FACTORIES]


def made(model):
    """One, with something to change."""
    hours = {"state": "to_confirm", "began": datetime.time(9), "ended": datetime.time(10)}
    return FACTORIES[model](**(hours if model is Service else {}))


def wholes(record):
    """The records of whose approval it is a part, itself included."""
    while record is not None:
        if approved(type(record)):
            yield record
        above = getattr(record, "part_of", getattr(record, "stands_with", ""))
        record = getattr(record, above) if above else None


def rewritten(record, by):
    """Some column that a form asks for is changed by raw SQL, as a person."""
    moves = record.lifecycle.moves if hasattr(record, "lifecycle") else ()
    asked = {name for move in moves for name in move.fields}
    columns = [
        (field.column, change)
        for field in record._meta.concrete_fields
        if (field.editable or field.name in asked) and not field.primary_key
        for kind, change in CHANGES.items()
        if isinstance(field, kind) and not field.choices and not field.generated
    ]
    for column, change in columns:
        try:
            with (
                acting(by) if by else nullcontext(),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                quoted = f'"{column}"'
                cursor.execute(
                    f'UPDATE "{record._meta.db_table}" SET {quoted} = {change % quoted}'
                    f" WHERE id = %s AND {quoted} IS NOT NULL AND {change % quoted} <> {quoted}",
                    [record.pk],
                )
                assert cursor.rowcount == 1
        except (DatabaseError, AssertionError):
            continue
        return None
    if getattr(record, "is_final", False):
        pytest.skip("its content is final: nobody rewrites it before the step")
    if by and isinstance(record, Staged) and not record.may_change:
        return asked_to_change(record, by)
    return pytest.fail(f"no column of {record!r} can be changed")


def asked_to_change(record, by):
    """What is decided somebody only asks to change, and has thereby written a part. Returns of what."""
    with acting(by), vouched(record):
        Amendment.objects.create(
            area=record.area, model=record._meta.label_lower, object_id=record.pk, verb="amend",
            label="变更", changes={}, reason="试",
        )  # fmt: skip
    return [record]


def test_whoever_changes_a_record_or_a_part_of_it_is_an_author():
    for model in PARTS:
        with case(model._meta.label), transaction.atomic():
            record, writer = made(model), UserFactory()
            owners = rewritten(record, writer) or list(wholes(record))
            assert owners or model._meta.label == "files.Attachment"
            for one in owners:
                with pytest.raises(PermissionDenied):
                    refuse_own(writer, one)
                assert not wrote(UserFactory(), one)
            transaction.set_rollback(True)


def test_whoever_adds_a_part_or_takes_one_away_is_an_author():
    kept = EnrolmentFactory()
    course, adder, taker = kept.course, UserFactory(), UserFactory()
    new = again(kept)
    kept.delete()
    with acting(adder):
        type(new).objects.bulk_create([new])
    assert wrote(adder, course)
    with acting(taker):
        type(new).objects.all()._raw_delete("default")
    assert wrote(taker, course)


def test_what_the_portal_notes_and_commands_write_make_no_author():
    allocation = AllocationFactory()
    rewritten(allocation, None)
    reader = UserFactory()
    with acting(reader):
        type(allocation).objects.filter(pk=allocation.pk).update(updated_at="2030-01-01T00:00Z")
    assert not Author.objects.filter(object_id=allocation.pk).exists()


def test_steps_either_need_another_person_or_do_not():
    for model in APPROVED:
        known = {}
        for before, after, move in model.lifecycle.changes():
            assert known.setdefault((before, after), move).by_another == move.by_another, model


# --- stories -------------------------------------------------------------------------------------


def test_the_approver_does_not_rewrite_first():
    # Given an allocation of 10 元 which a community proposes
    clerk = Somebody("community", COMMUNITY)
    street, chief = Somebody("street", STREET), Somebody("district", DISTRICT)
    allocation = AllocationFactory(state="proposed", allocated_on=None, value=10)
    type(allocation).objects.filter(pk=allocation.pk).update(entered_by=clerk.user)
    assert "approve" in street.offered(allocation)
    # When the street makes 9 元 and another purpose of it
    street.corrects(allocation, value="9", purpose="另作他用")
    allocation.refresh_from_db()
    assert (allocation.value, allocation.purpose) == (9, "另作他用")
    # Then the street no longer agrees to it, and is told why; the district may
    assert "approve" not in street.offered(allocation)
    assert "由他人办理：这份记录是您填写的" in street.sees(f"/desk/allocations/{allocation.pk}/")
    assert street.takes(allocation, "approve").status_code == 403
    chief.has_taken(allocation, "approve")


def test_who_changed_somebodys_pay_does_not_review_the_month():
    pay = PayMonthFactory(month=MONTH)
    period = PayPeriodFactory(month=MONTH, area=AreaFactory(code=DISTRICT))
    drawn_up, other = Somebody("hr", DISTRICT), Somebody("hr", DISTRICT)
    with acting(drawn_up.user):
        type(pay).objects.update(performance_pay=1)
    assert "请由他人复核" in drawn_up.takes(period, "review").text
    other.has_taken(period, "review")
