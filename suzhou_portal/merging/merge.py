"""One record of two: what hung on the other hangs on the one that stays, all of it or nothing."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.accounts.roles import permission
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.audit.changes import name_of
from suzhou_portal.files.models import Attachment
from suzhou_portal.lifecycle.models import MERGED, Amendment, Staged
from suzhou_portal.lifecycle.moves import write_down
from suzhou_portal.merging.finding import Relation, relations
from suzhou_portal.merging.models import Verdict
from suzhou_portal.records.columns import columns, named_with, texts

OVERTAKEN = "别人刚刚改动了其中的记录，没有合并。请核对后再试。"
GONE = "其中一条已经不在了：可能别人刚刚合并或删除了它。"

Effect = Callable[[Any], None]
_effects: dict[type[models.Model], list[Effect]] = {}
Moved = list[tuple[Relation, list[Any]]]  # the rows that name the one that goes, by relation


def merging(model: type[models.Model]) -> Callable[[Effect], Effect]:
    """Have `effect(kept)` change what follows once a record of the model was merged into it."""

    def register(effect: Effect) -> Effect:
        _effects.setdefault(model, []).append(effect)
        return effect

    return register


def compared(model: type[models.Model]) -> list[str]:
    """The columns of which one value stays: those that forms ask for. Where it stands says the one kept."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name != "area"
    ]


def merge(kept: Any, gone: Any, *, by: Any, values: Mapping[str, Any] | None = None) -> Verdict:
    """Move all that names the one record to the other, which gets these values, and take the first away.

    Raises PermissionDenied, or ValidationError that names the rows by which the two can't be one.
    """
    try:
        with transaction.atomic():
            return _merged(*_locked(kept, gone, by), by=by, values=values or {})
    except IntegrityError as error:
        raise ValidationError(OVERTAKEN) from error


@transaction.atomic
def keep_apart(one: Any, other: Any, *, by: Any) -> Verdict:
    """Remember that the two are not one. Said again, it changes nothing. Raises PermissionDenied, ValidationError."""
    older, later = sorted(_locked(one, other, by), key=lambda record: record.pk)
    known = Verdict.objects.about(type(one)).filter(same=False, kept_id=older.pk, other_id=later.pk)
    return known.first() or _write(older, later, by, same=False)


def _locked(one: Any, other: Any, by: Any) -> tuple[Any, Any]:
    """Both as they are stored, which nobody else changes now. Raises PermissionDenied, ValidationError."""
    model = type(one)
    rows = model._base_manager.select_for_update(of=("self",)).order_by("pk")
    found = {record.pk: record for record in rows.filter(pk__in=[one.pk, other.pk])}
    if len(found) < 2:
        raise ValidationError(GONE)
    for record in found.values():
        for action in ("change", "delete"):
            if by is not None and not by.has_perm(permission(action, model), record):
                raise PermissionDenied(
                    f"{by.username} may not merge {model._meta.label} {record.pk}"
                )
    return found[one.pk], found[other.pk]


def _merged(kept: Any, gone: Any, *, by: Any, values: Mapping[str, Any]) -> Verdict:
    moved = [
        (relation, list(relation.naming(gone).select_related(*_named(relation.model))))
        for relation in relations(type(kept))
    ]
    if problems := [
        said for relation, rows in moved for said in _clashes(relation, rows, kept, by)
    ]:
        raise ValidationError(problems)
    with _moving():
        verdict = _write(
            kept, gone, by, same=True, former=_content(gone),
            moved={one.model._meta.label_lower: [row.pk for row in rows] for one, rows in moved if rows},
        )  # fmt: skip
        _tell(moved, kept, gone, by)
        for relation, rows in moved:
            _move(relation, rows, kept, gone)
        _follow(kept, gone)
    gone.delete()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.check_rules()
    kept.save()
    for effect in _effects.get(type(kept), ()):
        effect(kept)
    return verdict


def _named(model: type[models.Model]) -> list[Any]:
    """What the texts of rows need, and their history; of a list of many, the record it belongs to."""
    if model._meta.auto_created:
        return [_owner_field(model)]
    return ["area", *named_with(model)] if issubclass(model, AreaRecord) else [None]


def _owner_field(through: Any) -> str:
    """The column of a list of many that names the record whose list it is."""
    owner: Any = through._meta.auto_created
    [field] = [one for one in owner._meta.many_to_many if one.remote_field.through is through]
    return field.m2m_field_name()


# --- whether the two can be one


def _clashes(relation: Relation, rows: list[Any], kept: Any, by: Any) -> Iterator[str]:
    """Why rows can't name the record that stays: the rule of theirs that would be broken, with the row."""
    name, kind = relation.field.name, name_of(relation.model)
    if relation.field.unique and rows and relation.naming(kept).exists():
        yield f"两条记录各有一个{kind}（{relation.field.verbose_name}），请先改正其中一个。"
        return
    if relation.model._meta.auto_created:  # a list of many, which names each once
        return
    rules = [one for one in relation.model._meta.constraints if _is_about(one, name)]
    for row in rows if rules else ():
        setattr(row, name, kept)
        for rule in rules:
            try:
                rule.validate(relation.model, row)
            except ValidationError as error:
                yield f"{kind}“{_said(row, by)}”不能转入：{''.join(error.messages)}"


def _is_about(rule: models.BaseConstraint, name: str) -> bool:
    return re.search(rf"\b{name}\b", repr(rule.deconstruct()[2])) is not None


def _said(row: Any, by: Any) -> str:
    """The row's name, for whoever may see it."""
    seen = by is None or by.has_perm(permission("view", type(row)), row)
    return str(row) if seen else "不在您管辖范围内"


# --- what moves


@contextmanager
def _moving() -> Iterator[None]:
    """Who moves what names a record becomes no author of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.merging', 'on', true)")
        yield
        cursor.execute("SELECT set_config('portal.merging', '', true)")


def _write(kept: Any, other: Any, by: Any, **said: Any) -> Verdict:
    verdict = Verdict(
        model=kept._meta.label_lower, area=kept.area, kept_id=kept.pk, other_id=other.pk,
        other_name=str(other)[:200], by_name=by.get_short_name() if by else "",
        is_demo=kept.is_demo, **said,
    )  # fmt: skip
    with vouched(kept):
        verdict.save()
    return verdict


def _content(record: Any) -> list[tuple[str, str]]:
    """All that the record says, as label and text; personal data masked, as nothing would blank it here."""
    shown = columns(type(record), ["area", *compared(type(record))])
    [told] = texts(shown, [record])
    return [(column.label, text) for column, text in zip(shown, told, strict=True)]


def _tell(moved: Moved, kept: Any, gone: Any, by: Any) -> None:
    """A line in the history of every record with steps that says the other one, or of which a part does."""
    note = f"{kept._meta.verbose_name}“{gone}”（编号{gone.pk}）已并入“{kept}”（编号{kept.pk}）。"
    told = {
        (type(one), one.pk): one for _, rows in moved for one in filter(None, map(_decided, rows))
    }
    for record in told.values():
        write_down(
            record, record.state, by, verb=MERGED, label="并入", note=note[:500],
            taken_on=timezone.localdate(),
        )  # fmt: skip


def _decided(row: Any) -> Staged | None:
    """The record with steps whose content the row is, or is a part of."""
    if isinstance(row, Staged):
        return row
    if row._meta.auto_created:
        above = getattr(row, _owner_field(type(row)))
    else:
        above = row.above if isinstance(row, AreaRecord) and row.written_while else None
    return above if isinstance(above, Staged) else None


def _move(relation: Relation, rows: Iterable[Any], kept: Any, gone: Any) -> None:
    name, naming = relation.field.name, relation.naming(gone)
    if relation.model._meta.auto_created:
        owner = _owner_field(relation.model)
        naming.filter(**{f"{owner}__in": relation.naming(kept).values(owner)}).delete()
    stands = getattr(relation.model, "stands_with", "") == name
    naming.update(**{name: kept.pk}, **({"area": kept.area} if stands else {}))
    if stands and kept.area_id != gone.area_id:
        _restand(relation.model, [row.pk for row in rows], kept.area)


def _restand(model: type[models.Model], keys: list[int], area: Any) -> None:
    """What stands with records that moved stands where they do."""
    for one in model._meta.related_objects:
        below: Any = one.related_model
        if getattr(below, "stands_with", "") == one.field.name:
            rows = below._base_manager.filter(**{f"{one.field.name}__in": keys})
            inner = list(rows.values_list("pk", flat=True))
            rows.update(area=area)
            _restand(below, inner, area)


def _follow(kept: Any, gone: Any) -> None:
    """Files, what was merged before, what it is not, and what somebody asked to change name the one that stays."""
    of_kind = {"model": kept._meta.label_lower}
    files = Attachment.objects.filter(**of_kind, object_id=gone.pk)
    files.update(object_id=kept.pk, area=kept.area)
    Verdict.objects.filter(**of_kind, same=True, kept_id=gone.pk).update(kept_id=kept.pk)
    apart = Q(kept_id=gone.pk) | Q(other_id=gone.pk)
    for one in Verdict.objects.filter(apart, **of_kind, same=False):
        two = sorted({one.kept_id, one.other_id} - {gone.pk} | {kept.pk})
        if len(two) == 2:  # else it was of these two, and is overruled
            one.pk, (one.kept_id, one.other_id) = None, two
            Verdict.objects.bulk_create([one], ignore_conflicts=True)
    for relation in relations(type(kept)):
        _reask(relation, kept, gone)


def _reask(relation: Relation, kept: Any, gone: Any) -> None:
    """What somebody asked to change and nobody decided names the record that stays."""
    name = relation.field.name
    asked = Amendment.objects.filter(model=relation.model._meta.label_lower, accepted=None)
    for one in asked.filter(**{f"changes__{name}__contains": gone.pk}):
        one.changes[name] = [kept.pk if side == gone.pk else side for side in one.changes[name]]
        Amendment.objects.filter(pk=one.pk).update(changes=one.changes)
