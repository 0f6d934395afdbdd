"""Who acts, and what the trail says of it."""

import json
from contextlib import contextmanager

from django.db import connection
from django.db.models import Max
from django.test import Client
from django.urls import reverse

from suzhou_portal.accounts.models import Assignment
from suzhou_portal.audit.models import AuditEntry
from tests.factories import BEGUN
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, AreaFactory

PHONE, MASKED_PHONE = "13800001234", "138****1234"
CONTACT, MASKED_CONTACT = "欧阳某", "欧*"
ADDRESS = "203.0.113.7"


@contextmanager
def written(using="default"):
    """A list that holds, afterwards, what was written down meanwhile."""
    trail, found = AuditEntry.objects.using(using), []
    last = trail.aggregate(last=Max("pk"))["last"] or 0
    yield found
    found += trail.filter(pk__gt=last).order_by("pk")


def made_up(**columns):
    """An entry that never was, as no application could write it."""
    told = {name: value for name, value in columns.items() if value is not None}
    with connection.cursor() as cursor:
        cursor.execute("SELECT test_made_up(%s)", [json.dumps(told, default=str)])
        return AuditEntry.objects.get(pk=cursor.fetchone()[0])


def stands_nowhere(text):
    """Whether no column of any entry holds the text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_auditentry e WHERE strpos(e::text, %s) > 0", [text]
        )
        return cursor.fetchone() == (0,)


def entrusted(role, code=COMMUNITY, **fields):
    """A browser in which a person with that role is signed in."""
    user = UserFactory(**fields)
    area = AreaFactory(code=code)
    Assignment.objects.create(user=user, role=role, area=area, valid_from=BEGUN)
    return browser_of(user)


def browser_of(user):
    """A browser at a known address in which the person is signed in."""
    browser = Client(REMOTE_ADDR=ADDRESS)
    browser.force_login(user)
    browser.user = user
    return browser


def address(record, page, *more):
    """A page of one record in the admin."""
    options = record._meta
    name = f"admin:{options.app_label}_{options.model_name}_{page}"
    return reverse(name, args=[record.pk, *more])


def listing(model):
    """The list of a kind of record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
