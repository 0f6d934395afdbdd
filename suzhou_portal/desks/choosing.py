"""Choosing one or several of many by typing: a part of a name, the first letters of its pinyin, a code.

The field is a search step of its own form, so it needs no page and no script: the button sends the form,
which comes back as it was with what was found to choose from. A script presses that button while one types.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from suzhou_portal import pinyin
from suzhou_portal.accounts.hidden import found_in_full, is_hidden, used_up
from suzhou_portal.accounts.models import User
from suzhou_portal.areas import former_names
from suzhou_portal.areas.codes import NOTHING
from suzhou_portal.areas.models import Area, AreaRecord
from suzhou_portal.audit.enums import Mask
from suzhou_portal.lists import key_of
from suzhou_portal.records.columns import named_with
from suzhou_portal.records.kinds import kinds

FEW = 20  # choices that a plain list offers, and that a search shows
MOST_HEARD = 20_000  # names that are compared by their sound
_PHONE = re.compile(r"[0-9][0-9\- ]{6,20}")
_OWN: dict[type[models.Model], tuple[str, ...]] = {
    Area: ("name", "code"),
    User: ("name", "username"),
}


def find_name(name: str) -> str:
    """Under which name the text is sent that a field looks for."""
    return f"{name}-find"


class Chooser(forms.widgets.ChoiceWidget):
    """One record of many. `field` and `label` are the form field's, `asked` what was typed to find it;
    `user` is who chooses, `everyone` the records among which some can't be chosen, `refusals` why not.
    """

    input_type = "radio"
    template_name = "desks/chooser.html"
    field: Any
    label = asked = ""
    user: Any = None
    everyone: QuerySet | None = None
    refusals: Callable[[list[Any]], dict[Any, str]] = staticmethod(lambda _: {})

    def use_required_attribute(self, initial: Any) -> bool:
        """What is required is one of the choices, which may not be there yet."""
        return False

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> list[Any]:
        """None: they would be all the records there are."""
        return []

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        keys = [key for key in context["widget"]["value"] if self.is_key(key)]
        chosen = list(_with_names(self.field.queryset.filter(pk__in=keys))) if keys else []
        told = "".join(
            {used_up(self.user, self.field.queryset.model, w) for w in _words(self.asked)}
        )
        found, refused = self._found([one.pk for one in chosen])
        free = [one for one in found[:FEW] if one.pk not in refused]
        alone = not chosen and len(free) == len(found) == 1 and not self.allow_multiple_selected
        context["widget"] |= {
            "type": self.input_type,
            "chosen": self._options(free if alone else chosen),
            "found": [] if alone else self._options(free),
            "refused": [
                (self._label(one), refused[one.pk]) for one in found[:FEW] if one.pk in refused
            ],
            "more": len(found) > FEW,
            "asked": self.asked,
            "told": told,
            "label": self.label,
            "find": find_name(name),
            "described": context["widget"]["attrs"].get("aria-describedby", ""),
            "may_be_blank": bool(chosen)
            and not self.is_required
            and not self.allow_multiple_selected,
        }
        return context

    def _render(self, template_name: str, context: Any, renderer: Any = None) -> SafeString:
        return mark_safe(render_to_string(template_name, context))  # noqa: S308 (a template's own)

    def _options(self, records: list[Any]) -> list[tuple[Any, str]]:
        return [(one.pk, self._label(one)) for one in records]

    def _label(self, record: Any) -> str:
        """What it is called and, as several may be called alike, where it stands."""
        called = str(self.field.label_from_instance(record))
        area = getattr(record, "area", None)
        return called if area is None or area.name in called else f"{called}（{area.shown_name}）"

    def is_key(self, key: str) -> bool:
        """Whether that can be the key of such a record."""
        if isinstance(self.field.queryset.model._meta.pk, models.CharField):
            return key.isascii() and key.isalnum()
        return key_of(key) is not None

    def _found(self, but: list[Any]) -> tuple[list[Any], dict[Any, str]]:
        """What was looked for, but for what is chosen already, and why some of it can't be chosen."""
        if not self.asked:
            return [], {}
        offered = self.field.queryset.exclude(pk__in=but)
        numbers = _by_number(self.user, offered.model, self.asked)
        found = list(named(offered, self.asked, numbers)[: FEW + 1])
        refused = self.refusals(found)
        if len(found) < FEW and self.everyone is not None:
            others = self.everyone.exclude(pk__in=self.field.queryset.values("pk"))
            unfit = list(named(others, self.asked, numbers)[: FEW - len(found)])
            because = getattr(self, "because", "") or "不符合条件"
            refused |= {one.pk: because for one in unfit}
            found += unfit
        return found, refused


class ManyChooser(Chooser):
    """Several records of many."""

    input_type = "checkbox"
    allow_multiple_selected = True


def named(records: QuerySet, text: str, numbers: Mapping[str, Q]) -> QuerySet:
    """The records whose names have every word of the text, or sound like it, or which a word finds by the
    number of somebody.
    """
    model, condition = records.model, Q()
    for word in _words(text):
        there = Q(pk__in=former_names.found_by(word)) if model is Area else Q(pk__in=[])
        for path in _columns(model):
            there |= Q(**{f"{path}__icontains": word})
        letters = word.lower()
        if pinyin.LETTERS.fullmatch(letters):
            there |= Q(pk__in=_sounding(records, letters))
        condition &= there | numbers.get(word, NOTHING)
    return _with_names(records.filter(condition))


def _words(text: str) -> list[str]:
    return [word.replace("\0", "") for word in text.split()[:5]]


def _by_number(user: Any, model: Any, text: str) -> dict[str, Q]:
    """What each word that looks like a phone number finds; once for a search, since each is a look."""
    masked = getattr(model, "masked", {})
    phones = [name for name, mask in masked.items() if mask is Mask.PHONE]
    numbers = filter(_PHONE.fullmatch, _words(text))
    return {word: found_in_full(user, model, phones, word) for word in numbers}


def _with_names(records: QuerySet) -> QuerySet:
    """With what their labels say, at one cost for any number."""
    related = ["area"] if issubclass(records.model, AreaRecord) else []
    joined = [*related, *named_with(records.model)]
    return records.select_related(*joined) if joined else records


def _columns(model: Any) -> list[str]:
    """Where the records have the text they go by, and what leads to them besides: nothing hidden."""
    if model in _OWN:
        return list(_OWN[model])
    kind = kinds.of(model)
    search = (
        [path.lstrip("=^@") for path in (kind.search or kind.admin.search or ())] if kind else []
    )
    columns = [getattr(model, "called", "name"), *search]
    return [
        path
        for path in dict.fromkeys(columns)
        if _is_text(model, path) and not is_hidden(model, path)
    ]


def _is_text(model: Any, path: str) -> bool:
    for name in path.split("__"):
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        model = field.related_model or model
    return isinstance(field, models.CharField | models.TextField)


def _sounding(records: QuerySet, letters: str) -> list[Any]:
    column = (_columns(records.model) or ["pk"])[0]
    known = records.order_by().values_list("pk", column)[:MOST_HEARD]
    heard = pinyin.heard(letters)
    return [
        pk
        for pk, name in known
        if letters in pinyin.initials_of(str(name))
        or heard in pinyin.heard("".join(pinyin.syllables(str(name))))
    ]


def chooser_for(
    user: Any, field: models.Field, offered: QuerySet, everyone: QuerySet | None
) -> Any:
    """The widget of a relation, where more is offered than a plain list can show; else None."""
    if offered[: FEW + 1].count() <= FEW:
        return None
    widget = ManyChooser() if field.many_to_many else Chooser()
    widget.user, widget.everyone = user, everyone
    return widget


def choosers(form: Any) -> list[tuple[str, Chooser]]:
    """The fields of a form that choose by typing."""
    widgets = [(name, field.widget) for name, field in form.fields.items()]
    return [(name, widget) for name, widget in widgets if isinstance(widget, Chooser)]


def attach(form: Any) -> None:
    """Tell the form's choosers what they belong to, and what was typed in them."""
    for name, widget in choosers(form):
        widget.field, widget.label = form.fields[name], form.fields[name].label
        widget.refusals = lambda found, name=name: _refusals(form, name, found)  # type: ignore[misc]
        model: Any = type(form.instance)
        widget.because = getattr(model, "offered_because", {}).get(name, "")  # type: ignore[attr-defined]
        if form.is_bound:
            widget.asked = form.data.get(find_name(form.add_prefix(name)), "").strip()


def _refusals(form: Any, name: str, found: list[Any]) -> dict[Any, str]:
    """What the record's rules say against each of these, given what else is filled in."""
    if not found or not hasattr(form.instance, "refusals"):
        return {}
    record: Any = copy(form.instance)
    for field in record._meta.concrete_fields:
        if field.name in form.fields and field.name != name:
            with suppress(ValidationError, ValueError, TypeError):
                raw = form[field.name].value()
                setattr(
                    record,
                    field.attname,
                    field.target_field.to_python(raw)
                    if field.is_relation
                    else field.to_python(raw),
                )
    return record.refusals(name, found)
