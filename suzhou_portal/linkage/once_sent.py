"""What is sent without an account carries a number of its own, and stands once however often it comes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

Record = TypeVar("Record", bound=Any)


def stored_once(store: Callable[[], Record], sent_before: QuerySet) -> Record:
    """What `store` stores, all or nothing; where its number stands already, the one that was `sent_before`.

    Raises IntegrityError where it is another rule that refuses it.
    """
    try:
        with transaction.atomic():
            return store()
    except IntegrityError:
        if (before := sent_before.first()) is None:
            raise  # a rule of ours that the form does not say
        return before
