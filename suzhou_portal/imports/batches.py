"""What a file brought, kept so that it can be taken back while nobody has touched it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.files.models import Attachment
from suzhou_portal.imports.models import UNDOABLE_DAYS, Batch, Brought

NAMED = 5  # records that stand in the way, by name


def note(batch: Batch, added: Iterable[int], changed: Iterable[tuple[int, dict[str, Any]]]) -> None:
    """Note the records that a batch has made one by one, and those it changed."""
    rows = [Brought(batch=batch, object_id=pk) for pk in added]
    rows += [Brought(batch=batch, object_id=pk, before=before) for pk, before in changed]
    Brought.objects.bulk_create(rows, batch_size=5_000)
    latest = AuditEntry.objects.aggregate(latest=models.Max("pk"))["latest"]
    Batch.objects.filter(pk=batch.pk).update(trail=latest or 0)


def as_noted(record: Any, field: Any) -> Any:
    """What a record's column holds, for `note`: other records by their keys."""
    value = field.value_from_object(record)
    return [one.pk for one in value] if field.many_to_many else value


def made(batch: Batch) -> models.QuerySet:
    """The records that a batch made, as far as they are there: those noted, and the copies of its moment."""
    ours = Q(pk__in=batch.rows.filter(before__isnull=True).values("object_id"))
    if batch.copied_at:
        ours |= Q(created_at=batch.copied_at, entered_by=batch.user_id)
    return batch.kind.model._base_manager.filter(ours).order_by()


def may_undo(batch: Batch, user: Any) -> bool:
    """Whether the person may take it back: who brought it, and still may bring such."""
    recent = timezone.now() - batch.brought_at < datetime.timedelta(days=UNDOABLE_DAYS)
    own = batch.user_id == user.pk and batch.undone_at is None and recent
    return own and batch.kind.open_to(user)


def undo(batch: Batch, user: Any) -> None:
    """Take back what a batch brought: its new records are deleted, those it changed say again what they did.

    Raises ValidationError where anybody has touched one since, or anything rests on one; PermissionDenied.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        if batch.undone_at:
            raise ValidationError("这次导入已经撤销过了。")
        if not may_undo(batch, user):
            raise PermissionDenied(f"{user.username} may not undo batch {batch.pk}")
        _require_untouched(batch)
        _require_unused(batch)
        try:
            with transaction.atomic():
                _delete(batch)
                _restore(batch)
        except (IntegrityError, models.ProtectedError, models.RestrictedError) as error:
            raise ValidationError("有别的记录用到这次导入的记录，不能撤销。") from error
        Batch.objects.filter(pk=batch.pk).update(undone_at=timezone.now())
        note = f"撤销导入{batch.name}：删除{batch.added}条，恢复{batch.changed}条"
        trail.record(Action.IMPORT, model=batch.kind.model._meta.label_lower, note=note)


def _require_untouched(batch: Batch) -> None:
    model = batch.kind.model
    since = AuditEntry.objects.filter(pk__gt=batch.trail)
    own = since.filter(
        model=model._meta.label_lower, action__in=(Action.CHANGE, Action.DELETE)
    ).annotate(whose=F("object_id"))
    pks = {*_among(batch, own)}
    for field in model._meta.many_to_many:
        through: Any = field.remote_field.through
        lists, owner = since.filter(model=through._meta.label_lower), field.m2m_column_name()
        for side in ("old", "new"):
            about = lists.annotate(whose=KeyTextTransform(owner, side))
            pks |= {*_among(batch, about.filter(whose__isnull=False))}
    if pks or made(batch).count() != batch.added:
        named = (
            "、".join(map(str, model._base_manager.filter(pk__in=sorted(pks)[:NAMED])))
            or "有的记录已删除"
        )
        raise ValidationError(
            f"导入以后有人改动过其中的记录（{named}），不能整批撤销；请逐条更正。"
        )


def _among(batch: Batch, entries: models.QuerySet) -> models.QuerySet:
    """The keys of the batch's records that any of these entries of the trail are about (`whose`)."""
    keys = [
        found.annotate(key=Cast(name, models.CharField())).values("key")
        for found, name in ((made(batch), "pk"), (batch.rows, "object_id"))
    ]
    about = entries.filter(Q(whose__in=keys[0]) | Q(whose__in=keys[1]))
    return about.order_by("whose").values_list("whose", flat=True).distinct()[:NAMED]


def _require_unused(batch: Batch) -> None:
    """Raise ValidationError where another record, or a file, belongs to one that the batch made."""
    model: Any = batch.kind.model
    ours = made(batch).values("pk")
    label = model._meta.label_lower
    resting = [
        str(relation.related_model._meta.verbose_name)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and relation.related_model._meta.auto_created is not model  # its own lists go with it
        and relation.related_model._base_manager.filter(
            **{f"{relation.field.name}__in": ours}
        ).exists()
    ]
    if Attachment.objects.filter(model=label, object_id__in=ours).exists():
        resting.append("附件")
    if resting:
        named = "、".join(dict.fromkeys(resting))
        raise ValidationError(f"已有{named}用到这次导入的记录，不能撤销；请逐条更正。")


def _delete(batch: Batch) -> None:
    """Delete what the batch made, its lists first, each in one statement: permission and use have been
    asked about.
    """
    records = made(batch)
    for field in records.model._meta.many_to_many:
        through = field.remote_field.through
        lists = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": records})
        lists._raw_delete(lists.db)
    records._raw_delete(records.db)


def _restore(batch: Batch) -> None:
    model = batch.kind.model
    for row in batch.rows.filter(before__isnull=False):
        record = model._base_manager.get(pk=row.object_id)
        lists: dict[str, list[Any]] = {}
        for name, value in (row.before or {}).items():
            field: Any = model._meta.get_field(name)
            if field.many_to_many:
                lists[name] = value
            else:
                setattr(record, field.attname, field.to_python(value))
        with vouched(record):
            record.save()
            for name, keys in lists.items():
                getattr(record, name).set(keys)
