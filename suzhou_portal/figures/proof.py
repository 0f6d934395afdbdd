"""Which records were counted, told so that anybody can prove it: a digest of their keys."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, BigIntegerField, TextField

FEW = 200  # so many keys are kept themselves, beside their digest


class _Digest(Aggregate):
    """SHA-256 of the sorted keys, joined by commas, as hexadecimal digits."""

    template = (
        "encode(sha256(convert_to(string_agg(%(expressions)s::text, ','"
        " ORDER BY %(expressions)s), 'UTF8')), 'hex')"
    )
    output_field = TextField()


class _Keys(Aggregate):
    """The sorted keys themselves; NULL where they are many."""

    template = (
        f"CASE WHEN count(*) <= {FEW} THEN array_agg(%(expressions)s ORDER BY %(expressions)s) END"
    )
    output_field = ArrayField(BigIntegerField())


AGGREGATES = {"digest": _Digest("pk"), "keys": _Keys("pk")}


def of(keys: Iterable[int]) -> dict[str, Any]:
    """What AGGREGATES give for records of these keys."""
    ordered = sorted(keys)
    return {"digest": digest_of(ordered), "keys": ordered if len(ordered) <= FEW else None}


def digest_of(keys: Iterable[int]) -> str:
    """The digest that the database computes for the same keys."""
    return hashlib.sha256(",".join(map(str, sorted(keys))).encode()).hexdigest()
