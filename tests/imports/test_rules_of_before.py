"""What was kept before a rule of today: it stays, and people are told."""

import datetime

from django.db import connections

from suzhou_portal.imports.doubts import forget_what_was_put_right
from suzhou_portal.imports.models import Doubt
from suzhou_portal.imports.stored import broken_rules
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.service import ServiceCertificateFactory
from tests.journeys import Somebody

RULE = "certificate_issued"


def broken_before_the_rule(record):
    """The certificate as somebody kept it before the database knew the rule."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [RULE]
        )
        [(rule,)] = cursor.fetchall()
        table = record._meta.db_table
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {RULE}')
        cursor.execute(f'UPDATE "{table}" SET issued_on = to_on - 30 WHERE id = %s', [record.pk])
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT {RULE} {rule}')


def test_what_breaks_a_rule_of_today_stays_and_is_listed(committed):
    record = ServiceCertificateFactory(area=AreaFactory(code=COMMUNITY))
    ServiceCertificateFactory(area=record.area)
    broken_before_the_rule(record)
    [(label, key, area, field, why)] = broken_rules(connections["owner"])
    assert (label, key, area, field) == (
        "volunteers.servicecertificate", str(record.pk), COMMUNITY, "issued_on",
    )  # fmt: skip
    Doubt.objects.create(model=label, object_id=key, area_code=area, field=field, why=why)
    chief = Somebody("district", DISTRICT)
    assert why in chief.sees("/imports/doubts/")
    forget_what_was_put_right(datetime.date(2023, 4, 30))
    assert Doubt.objects.count() == 1
    type(record).objects.filter(pk=record.pk).update(issued_on=record.to_on)
    assert why not in chief.sees("/imports/doubts/")
    forget_what_was_put_right(datetime.date(2023, 4, 30))
    assert not Doubt.objects.exists()
