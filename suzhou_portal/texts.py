"""Text that no file and no database can hold: refused where people type, left out where it leaves.

XML 1.0, and so Word and Excel, has no control characters but tab and line ends, no halves of surrogate
pairs, and not U+FFFE and U+FFFF; PostgreSQL has no NUL.
"""

import re
from typing import Any

from django.core.validators import RegexValidator
from django.db import models

_HELD_BY_NOTHING = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ANY = re.compile(f"[{_HELD_BY_NOTHING}]")
holdable = RegexValidator(
    rf"\A[^{_HELD_BY_NOTHING}]*\Z", "含有看不见的控制字符，请删去后重新输入。", code="unholdable"
)


def cleaned(text: str) -> str:
    """The text without what no file can hold."""
    return _ANY.sub("", text)


def all_cleaned(value: Any) -> Any:
    """Texts in lists, tuples and dictionaries, however deep, each cleaned; the rest as it is."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {key: all_cleaned(one) for key, one in value.items()}
    return type(value)(map(all_cleaned, value)) if type(value) in (list, tuple) else value


def require_holdable(model: type[models.Model]) -> None:
    """Every text of the model's records is asked about, by whatever form or import brings it.

    Not in the fields' declarations, where each new one could forget it, nor among those validators
    that migrations note.
    """
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.CharField | models.TextField):
            field.validators = [*field.validators, holdable]
