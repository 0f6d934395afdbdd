"""The forms of desks: short, filled in with what the person did last time, usable on a phone."""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from typing import Any

from django import forms
from django.db import models

from suzhou_portal.accounts.choices import choices_for, told_why
from suzhou_portal.accounts.record_form import RecordForm
from suzhou_portal.accounts.roles import OWNERS
from suzhou_portal.areas.codes import contains
from suzhou_portal.areas.rules import may_stand_in
from suzhou_portal.audit import trail
from suzhou_portal.desks import choosing
from suzhou_portal.files import content
from suzhou_portal.form_parts import inside_a_form
from suzhou_portal.lifecycle.models import StagedQuerySet
from suzhou_portal.lifecycle.table import Move
from suzhou_portal.lists import key_of
from suzhou_portal.records.kinds import Kind

# A date and a time as phones offer them, the time to the minute.
WIDGETS: dict[type[models.Field], Callable[[], forms.Widget]] = {
    models.DateField: lambda: forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    models.TimeField: lambda: forms.TimeInput({"type": "time"}, "%H:%M"),
}


class ManyFilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each told by its content; a wrong one is named."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        checked = []
        for upload in filter(None, data or []):
            with _naming(upload):
                checked.append((upload, content.check(upload)))
        return checked


@contextmanager
def _naming(upload):
    """What is wrong with a file is said with its name."""
    try:
        yield
    except forms.ValidationError as error:
        raise forms.ValidationError(f"“{upload.name}”：{error.messages[0]}") from error


class FilesForm(forms.Form):
    """Photos and documents to keep with a record."""

    uploads = FilesField(
        label="照片或文件",
        required=False,
        help_text="照片、PDF、Word、Excel，每个不超过10MB；照片中的位置信息会被去掉。",
    )

    def __init__(self, *args, record: Any, kept: Iterable[Any] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self._record, self._kept = record, kept

    def clean_uploads(self):
        """Those sent now, and those kept when the form was sent before."""
        self.cleaned_data["uploads"] += [file.checked for file in self._kept]
        for upload, checked in self.cleaned_data["uploads"]:
            with _naming(upload):
                self._record.require_takes(checked.media_type, checked.content.read())
            checked.content.seek(0)
        return self.cleaned_data["uploads"]


class DeskForm(RecordForm):
    """A record as its desk asks for it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = inside_a_form()
        # Some columns are named by other records, which may change.
        for name, label in getattr(self.instance, "labels", dict)().items():
            if name in self.fields:
                self.fields[name].label = label
        choosing.attach(self)
        for name, field in self.fields.items():
            self._say_what_is_left(name, field)
        if self.instance.pk and any(map(self._shows_in_full, self.fields)):
            trail.shown_in_full([self.instance])

    def _shows_in_full(self, name: str) -> bool:
        """As the record's page does: contacts of what the person works with."""
        record: Any = self.instance
        return name in record.contact_columns and record.opens_contacts_to(trail.current().user)

    def clean(self):
        """What was typed to find something, and nothing chosen, is not passed over."""
        cleaned = super().clean()
        for name, chooser in choosing.choosers(self):
            if chooser.asked and not self[name].value() and name not in self.errors:
                self.add_error(
                    name, f"“{chooser.asked}”还没有选定：请选一个找到的，或清空查找的文字。"
                )
        return cleaned

    def _say_what_is_left(self, name: str, field: Any) -> None:
        """How much is left of what a field names, where somebody counts that."""
        if not hasattr(getattr(getattr(field, "queryset", None), "model", None), "left_text"):
            return
        chosen = self._sent(name) if self.is_bound else self.get_initial_for_field(field, name)
        key = key_of(str(chosen))
        if key is not None and (named := field.queryset.filter(pk=key).first()):
            field.help_text = f"“{named}”尚可安排：{named.left_text}。"


class MoveForm(DeskForm):
    """What is filled in with a step: its fields, its day, its note."""

    step: Move

    taken_on = forms.DateField(label="办理日期", widget=WIDGETS[models.DateField]())
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.step.required:
            self.fields[name].required = True
        if self.step.proposed_by:
            del self.fields["taken_on"]
        if self.step.reason:
            self.fields["note"].required, self.fields["note"].label = True, "理由"

    def _post_clean(self):
        """The workflow checks the rules, once it has the locked record."""


class AnswerForm(forms.Form):
    """What somebody is answered who asked for a change."""

    answer = forms.CharField(label="答复（不同意的写明理由）", max_length=500, required=False)


def record_form(desk: Kind, user: Any, parent: models.Model | None = None) -> Any:
    """The form class of a desk's records, offering what the person may choose."""
    fields = [name for name in desk.fields if not (parent and name == desk.parent)]
    offered = _offering(desk.model, user, desk.parent, parent)
    return forms.modelform_factory(desk.model, DeskForm, fields, formfield_callback=offered)


def move_form(desk: Kind, move: Move, user: Any) -> Any:
    """The form class of a step."""
    form, offered = type("StepForm", (MoveForm,), {"step": move}), _offering(desk.model, user)
    return forms.modelform_factory(desk.model, form, move.fields, formfield_callback=offered)


def first_values(desk: Kind, user: Any, parent: Any = None) -> dict[str, Any]:
    """What a new form shows: the area above or the one the person has, and what they entered last."""
    roots = list(user.roots(desk.model, "add"))
    if parent and any(contains(root, parent.area_id) for root in roots):
        roots = [parent.area_id]
    fits = len(roots) == 1 and may_stand_in(desk.model, roots[0])
    values: dict[str, Any] = {"area": roots[0]} if fits else {}
    values |= _own(desk, user)
    values |= desk.begun(parent) if desk.begun and parent else {}
    last = desk.model._default_manager.filter(entered_by=user).order_by("-pk").first()
    for name in desk.carried if last else ():
        field: Any = desk.model._meta.get_field(name)
        kept = getattr(last, field.attname)
        values[name] = list(kept.all()) if field.many_to_many else kept
    return values


def copied(user: Any, desk: Kind, like: Any) -> dict[str, Any]:
    """What a new record takes over from one that it is to be like; what is personal, and more than the
    person may see, not.
    """
    if like is None or desk.copied is None:
        return {}
    values = desk.copied(like)
    personal = {*getattr(like, "masked", {})} & {*values}
    if personal and not user.has_perm(desk.permission("reveal"), like):
        return {name: value for name, value in values.items() if name not in personal}
    if personal:
        trail.shown_in_full([like])
    return values


def _own(desk: Kind, user: Any) -> dict[str, Any]:
    """The team or organization the person acts for, in the field that says whose a record is."""
    found = {}
    for one in user.current_assignments:
        path = getattr(desk.model, "owned_by", {}).get(OWNERS.get(one.role), "")
        if path.endswith("_id") and "__" not in path:
            found[path.removesuffix("_id")] = one.team_id or one.organization_id
    return found


def _offering(model: type[models.Model], user: Any, parent: str = "", above: Any = None):
    """Fields that offer what the person may choose; of what stands below the record `above`, its own."""

    def formfield(field: models.Field, **kwargs: Any) -> forms.Field | None:
        if widget := WIDGETS.get(type(field)):
            return field.formfield(widget=widget(), **kwargs)
        if isinstance(field, models.ForeignKey | models.ManyToManyField):
            kwargs |= _relation(user, model, field, parent, above)
        made = field.formfield(**kwargs)
        if made is not None and field.name == parent:
            made.required = True
        if isinstance(made, forms.CharField) and isinstance(made.widget, forms.Textarea):
            made.widget.attrs["rows"] = 4
        return made

    return formfield


def _relation(user: Any, model: Any, field: Any, parent: str, above: Any) -> dict[str, Any]:
    """What a relation may name, and how it is chosen: from a list while that is short, else by typing."""
    allowed, everyone = choices_for(user, model, field), None
    made: dict[str, Any] = {"error_messages": told_why(model, field)}
    if allowed is not None:
        if isinstance(allowed, StagedQuerySet) and field.name == parent:
            allowed = allowed.open()
        made["queryset"] = allowed = _below(allowed, parent, above)
        if getattr(model, "offered", {}).get(field.name):
            everyone = choices_for(user, model, field, unfit=True)
    offered = field.related_model._default_manager.all() if allowed is None else allowed
    if widget := choosing.chooser_for(user, field, offered, everyone):
        return made | {"widget": widget}
    return made | ({"widget": forms.CheckboxSelectMultiple()} if field.many_to_many else {})


def _below(allowed: models.QuerySet, parent: str, above: Any) -> models.QuerySet:
    beside = {field.name: field.related_model for field in allowed.model._meta.fields}
    siblings = above is not None and beside.get(parent) is type(above)
    return allowed.filter(**{parent: above}) if siblings else allowed
