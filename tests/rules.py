"""What a rule of a model must do: refuse in the database, and say why in Chinese before that."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction


def again(record, **changes):
    """The same record once more, unsaved, but for the changes (by column: `area_id`)."""
    kept = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key and not field.generated
    }
    return type(record)(**{**kept, **changes})


def assert_refused(record, message):
    """A new record that breaks a rule is refused by full_clean and, past it, by the database."""
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert message in caught.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        type(record)._default_manager.bulk_create([record])


def assert_rule(factory, broken, message):
    """A record of the factory, valid but for what is broken, is refused."""
    valid = factory()
    record = again(valid, **broken)
    forget(valid)
    assert_refused(record, message)


def forget(record):
    """Take a record away as if it had never been written, whatever was decided about it."""
    lists = record._meta.many_to_many
    rows = [one for field in lists for one in field.remote_field.through.objects.filter(
        **{field.m2m_field_name(): record.pk})]  # fmt: skip
    with connection.cursor() as cursor:
        for one in (*rows, record):
            cursor.execute(
                "SELECT test_forgotten(%s::regclass, %s)", [f'"{one._meta.db_table}"', one.pk]
            )


def assert_database_refuses(action):
    """Raw changes that break a rule are refused, at the latest when the transaction ends."""
    with pytest.raises(IntegrityError), transaction.atomic():
        _at_once(action)


def _at_once(action):
    action()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
