"""What the forms of desks write; where another record or step came first, the form says so."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from suzhou_portal.accounts.guard import vouched
from suzhou_portal.accounts.record_form import problems_by_field
from suzhou_portal.desks.forms import FilesForm
from suzhou_portal.files.models import attach
from suzhou_portal.lifecycle.amendments import propose
from suzhou_portal.lifecycle.moves import take
from suzhou_portal.records.kinds import kinds


def taken(user: Any, record: Any, step: Any, form: Any) -> bool:
    """Whether the step is taken; else the form says why not."""
    given = {name: form.cleaned_data[name] for name in step.fields}
    day, note = form.cleaned_data["taken_on"], form.cleaned_data["note"]
    try:
        take(record, step.verb, by=user, on=day, note=note, **given)
    except ValidationError as error:
        _say(form, step, error)
        return False
    except IntegrityError:  # what another step took first, and no rule of this record can see
        form.say("", "别人刚刚办理的步骤与这一步冲突，没有保存。请核对后再试。")
        return False
    return True


def proposed(user: Any, record: Any, step: Any, form: Any) -> bool:
    """Whether the step is asked for; else the form says why not."""
    given = {name: form.cleaned_data[name] for name in step.fields}
    try:
        propose(record, step, by=user, reason=form.cleaned_data["note"], **given)
    except ValidationError as error:
        _say(form, step, error)
        return False
    return True


def _say(form: Any, step: Any, error: ValidationError) -> None:
    for field, problems in problems_by_field(error):
        form.say("taken_on" if field in step.dated else field, problems)


def stored(form: Any, files: FilesForm | None = None, like: Any = None) -> Any:
    """The saved record, with what is copied below one that it is `like`; None, and the form says why, where
    somebody else's came first.
    """
    try:
        with transaction.atomic():
            record = form.save()
            if files is not None:
                keep(record, files)
            if like is not None:
                _copy_below(like, record)
    except IntegrityError:
        form.full_clean()
        if form.is_valid():
            form.add_error(None, "别人刚刚保存的记录与这条冲突，没有保存。请核对后再试。")
        return None
    return record


def _copy_below(like: Any, record: Any) -> None:
    kind: Any = kinds.of(type(record))
    for model, names in kind.copied_below:
        desk: Any = kinds.of(model)
        for one in model._default_manager.filter(**{desk.parent: like}).order_by("pk"):
            given = {name: getattr(one, name) for name in names}
            line = model(**given, **{desk.parent: record}, area=record.area, is_demo=record.is_demo)
            line.check_rules()
            line.save()


def keep(record: Any, form: FilesForm) -> None:
    """Keep the files sent with the record."""
    with vouched(record):  # whoever may write the record may keep files with it
        for upload, checked in form.cleaned_data["uploads"]:
            attach(record, upload, checked)
