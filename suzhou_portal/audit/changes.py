"""Entries of the trail as people read them: labels for columns, names for keys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from suzhou_portal import formats
from suzhou_portal.audit.models import AuditEntry

NOT_SHOWN = "（不显示）"
_RELATIONS = (models.ForeignKey, models.ManyToManyField)
# Of another project, which has no Chinese names.
DEVICE = {
    "": "两步验证设备", "user_id": "账号", "name": "名称", "confirmed": "启用", "key": "密钥",
    "step": "步长", "t0": "起点", "digits": "位数", "tolerance": "容差", "created_at": "添加时间",
}  # fmt: skip
FOREIGN = {"otp_totp.totpdevice": DEVICE}


@dataclass(frozen=True)
class Change:
    """One column: its label, and its text before and after (— for nothing)."""

    label: str
    before: str
    after: str

    def __str__(self):
        return f"{self.label}：{self.before} → {self.after}"


def model_of(entry: AuditEntry) -> type[models.Model] | None:
    """The kind of record the entry is about; None where it no longer exists or there is none."""
    try:
        return apps.get_model(entry.model) if entry.model else None
    except LookupError:
        return None


def model_name(entry: AuditEntry) -> str:
    """The Chinese name of the kind of record an entry is about; its label where the code has none."""
    model = model_of(entry)
    return name_of(model) if model else entry.model


def name_of(model: type[models.Model]) -> str:
    """A model's Chinese name; rows of a many-to-many field are called by its owner and field."""
    options = model._meta
    if options.label_lower in FOREIGN:
        return FOREIGN[options.label_lower][""]
    owner: Any = options.auto_created
    if owner:
        field = next(one for one in owner._meta.many_to_many if model is one.remote_field.through)
        return f"{owner._meta.verbose_name}的{field.verbose_name}"
    return str(options.verbose_name)


@dataclass(frozen=True)
class Explained:
    """An entry, what people call the record it is about, and what changed."""

    entry: AuditEntry
    record_name: str
    changes: list[Change]


def explain(entries: Iterable[AuditEntry], *, withheld: bool = True) -> list[Explained]:
    """The entries as people read them, asking once for each kind of record named.

    `withheld` hides columns that only a few may see even here, such as individual pay.
    """
    entries = list(entries)
    names = _Names(entries)
    return [_explained(entry, names, withheld) for entry in entries]


def _explained(entry: AuditEntry, names: "_Names", withheld: bool) -> Explained:
    model = model_of(entry)
    hidden = getattr(model, "withheld", ()) if withheld else ()
    changes = [
        Change(label(model, column), *(
            NOT_SHOWN if column in hidden else _text(model, column, side.get(column), names)
            for side in (entry.old, entry.new)
        ))
        for column in {**entry.old, **entry.new}
    ]  # fmt: skip
    return Explained(entry, names.of(model, entry.object_id), changes)


def told(model: type[models.Model], many: Iterable[Mapping[str, Any]]) -> list[list[Change]]:
    """Changes of records of one kind, each kept by field as what it was and what it became, as people read
    them; None is not shown. Asks once for each kind of record named.
    """
    many = list(many)
    entries = [
        AuditEntry(
            model=model._meta.label_lower, object_id="", old=_side(one, 0), new=_side(one, 1)
        )
        for one in many
    ]
    names = _Names(entries)
    return [
        [*_explained(entry, names, withheld=False).changes, *_unshown(model, one)]
        for entry, one in zip(entries, many, strict=True)
    ]


def _side(changes: Mapping[str, Any], side: int) -> dict[str, Any]:
    return {name: kept[side] for name, kept in changes.items() if kept}


def _unshown(model: type[models.Model], changes: Mapping[str, Any]) -> list[Change]:
    return [Change(label(model, one), NOT_SHOWN, NOT_SHOWN) for one in changes if not changes[one]]


class _Names:
    """The records that keys in some entries refer to."""

    def __init__(self, entries: list[AuditEntry]):
        keys = defaultdict(set)
        for entry in entries:
            model = model_of(entry)
            if model is not None and not model._meta.auto_created:
                keys[model].add(entry.object_id)
            for column, value in [*entry.old.items(), *entry.new.items()]:
                related = _related(model, column)
                if related is not None and value is not None:
                    keys[related].update(map(str, value if isinstance(value, list) else [value]))
        self._texts = {model: _strings(model, values) for model, values in keys.items()}

    def of(self, model: type[models.Model] | None, key: Any) -> str:
        """The record's text; its key where it is gone."""
        return self._texts.get(model, {}).get(str(key), str(key)) if model else str(key)


def _strings(model: type[models.Model], keys: set[str]) -> dict[str, str]:
    key = model._meta.pk
    usable = [value for value in keys if isinstance(key, models.CharField) or value.isdecimal()]
    relations = [one for one in model._meta.concrete_fields if isinstance(one, models.ForeignKey)]
    named = [field.name for field in relations if not field.null]
    found = model._default_manager.select_related(*named).filter(pk__in=usable)
    return {str(record.pk): str(record) for record in found}


def _field(model: type[models.Model] | None, column: str) -> models.Field | None:
    known: Any = (*model._meta.concrete_fields, *model._meta.many_to_many) if model else ()
    return next((one for one in known if column in (one.column, one.name)), None)


def _related(model: type[models.Model] | None, column: str) -> type[models.Model] | None:
    field = _field(model, column)
    return field.related_model if isinstance(field, _RELATIONS) else None


def label(model: type[models.Model] | None, column: str) -> str:
    """The name by which forms call a column; the column itself where it is no longer declared."""
    field = _field(model, column)
    if model is None or field is None:
        return column
    foreign = FOREIGN.get(model._meta.label_lower, {})
    if column in foreign:
        return foreign[column]
    if isinstance(field, models.AutoField):
        return "编号"
    related = _related(model, column) if model._meta.auto_created else None
    return str(related._meta.verbose_name if related else field.verbose_name)


def _text(model: type[models.Model] | None, column: str, value: Any, names: _Names) -> str:
    if value is None or value in ("", [], {}):
        return formats.DASH
    if isinstance(value, list):
        return "、".join(_text(model, column, one, names) for one in value)
    if isinstance(value, dict):
        return "，".join(f"{key}：{_text(None, '', one, names)}" for key, one in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    return _single(model, column, value, names)


def _single(model: type[models.Model] | None, column: str, value: Any, names: _Names) -> str:
    related = _related(model, column)
    if related is not None:
        return names.of(related, value)
    field = _field(model, column)
    choices = dict(getattr(field, "flatchoices", ()))
    if value in choices:
        return str(choices[value])
    if isinstance(field, models.DecimalField):
        return formats.number(Decimal(str(value)), field.decimal_places)
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else str(value)
    return str(value)
