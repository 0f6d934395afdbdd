"""The relations of records, which are mostly alike: what is referred to is not deleted."""

from typing import Any, Literal, TypeVar, overload

from django.conf import settings
from django.db import models

M = TypeVar("M", bound=models.Model)


@overload
def refers_to(
    to: type[M], label: str, reverse: str, *, optional: Literal[True], **options: Any
) -> models.ForeignKey[M | None, M | None]: ...
@overload
def refers_to(to: type[M], label: str, reverse: str, **options: Any) -> models.ForeignKey[M, M]: ...
@overload
def refers_to(to: str, label: str, reverse: str, **options: Any) -> models.ForeignKey: ...
def refers_to(to, label, reverse, *, optional=False, on_delete=models.PROTECT, **options):
    """A column that names another record, which then can't be deleted; `reverse` leads back from there.

    An optional one may stay blank.
    """
    if optional:
        options |= {"null": True, "blank": True}
    return models.ForeignKey(to, on_delete, verbose_name=label, related_name=reverse, **options)


def account(label: str, **options: Any) -> models.ForeignKey:
    """A column that notes which account did something; blank where a command did."""
    options = {"null": True, "editable": False, **options}
    return refers_to(settings.AUTH_USER_MODEL, label, "+", **options)
