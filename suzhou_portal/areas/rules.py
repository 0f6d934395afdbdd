"""Rules that many records share, as constraints the database holds, each with its Chinese message."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from suzhou_portal.areas.codes import LENGTHS, Level


def in_order(name: str, earlier: str, later: str, message: str) -> models.CheckConstraint:
    """`later` is blank or not before `earlier`."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{later}__isnull": True})
        | Q(**{f"{earlier}__isnull": True})
        | Q(**{f"{later}__gte": F(earlier)}),
        violation_error_message=message,
    )


def not_negative(
    name: str, *fields: str, message: str = "金额不能小于0。"
) -> models.CheckConstraint:
    """None of the fields is below zero; blank is allowed."""
    condition = Q()
    for field in fields:
        condition &= Q(**{f"{field}__gte": 0}) | Q(**{f"{field}__isnull": True})
    return models.CheckConstraint(name=name, condition=condition, violation_error_message=message)


def stands_at(level: Level) -> Q:
    """The record's home area is at this level."""
    return Q(Exact(Length("area"), LENGTHS[level]))
