"""The form of a record: personal data masked, and two people saving it told of each other."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from suzhou_portal import formats
from suzhou_portal.accounts import alike, guard, hidden
from suzhou_portal.areas import former_names, succession
from suzhou_portal.areas.explained import ASKED
from suzhou_portal.areas.models import Area
from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry

SETTLED = "这条记录的内容已经定下，不能再修改；要改变它，请办理相应的步骤。"


class ChineseForm(forms.ModelForm):
    """A form whose labels end in a full-width colon; a division that the record names already may stay,
    whether or not it has ended.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = "："
        for name, field in self.fields.items():
            if getattr(getattr(field, "queryset", None), "model", None) is Area:
                former_names.label(field)
                self._keep(name, field)

    def _keep(self, name: str, field: Any) -> None:
        if self.instance.pk:
            kept = self.initial.get(name)
            kept = [one.pk for one in kept] if isinstance(kept, list) else [kept]
            field.queryset |= Area.objects.filter(pk__in=kept)
        check = field.clean

        def clean(value):
            try:
                return check(value)
            except (
                ValidationError
            ):  # no choice, maybe since it has ended: then what to choose instead
                known = isinstance(value, str) and value.isascii() and value.isdecimal()
                if known and (area := Area.objects.filter(pk=value).first()):
                    succession.require_in_force(area, timezone.localdate(), at="")
                raise

        field.clean = clean


class MaskingForm(ChineseForm):
    """A stored record's masked value that comes back unchanged stays what it was."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in getattr(self.instance, "masked", {}) if self.instance.pk else ():
            if name in self.fields:
                self._mask(name)

    def _shows_in_full(self, name: str) -> bool:
        """Whether the person reads that masked column of the record on its page."""
        return False

    def _mask(self, name: str) -> None:
        kept, field = getattr(self.instance, name), self.fields[name]
        shown = formats.masked(self.instance, name)
        check = field.clean

        def clean(value):
            if value == shown:
                return kept
            if "*" in (value or ""):
                raise ValidationError("请填写完整的内容；不改动则恢复为“%s”。" % (shown or "空白"))
            return check(value)

        # The mask may come back although it is shown no more: from a page that was open before.
        field.clean = clean  # type: ignore[method-assign]
        if self._shows_in_full(name):
            return
        self.initial[name] = shown
        field.help_text = f"{field.help_text} 已隐去一部分；不改动则保持原值。".strip()


class RecordForm(MaskingForm):
    """The form of a record that others may be saving too.

    `version` says which state of the record the page showed. Where somebody has saved another one
    since, the form says who, and what it holds now; nothing typed is lost, and the next save stands.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked_for = self.is_bound or getattr(self.instance, "explanation", True)
        if "explanation" in self.fields and not asked_for:
            self.fields[
                "explanation"
            ].widget = forms.HiddenInput()  # asked once something is unusual
        if self.instance.pk is not None:
            self.initial["version"] = self._state()
            trail.look([self.instance])

    @cached_property
    def _overtaken(self) -> bool:
        stored = self.instance.pk is not None
        return stored and self.is_bound and self._sent("version") != self._state()

    def _mask(self, name: str) -> None:
        super()._mask(name)
        if self._overtaken and "*" in (self._sent(name) or ""):
            # The mask of what was there before: nobody typed it.
            self._resend(name, str(self.initial[name]))

    def _sent(self, name: str) -> str | None:
        return self.data.get(self.add_prefix(name))

    def _resend(self, name: str, value: str) -> None:
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data

    def _state(self) -> str:
        return self.instance.updated_at.isoformat()

    def clean(self):
        """Refuse to overwrite what the person has not seen."""
        cleaned = super().clean()
        if not self._overtaken:
            return cleaned
        self._resend("version", self._state())
        raise ValidationError(self._what_differs())

    def _post_clean(self):
        """Say where the database or the last door would refuse: rules about columns the form does not
        show, too, and a record that would not be the person's to keep.

        What is hidden and may stand only once is compared last: a form that would not be saved anyway
        tells nobody what others hold.
        """
        if self.instance.pk and not getattr(self.instance, "may_change", True):
            self.add_error(None, SETTLED)
        rules = hidden.compared(type(self.instance))
        self.instance.asked_later = {rule.name for rule in rules}
        super()._post_clean()  # type: ignore[misc]
        action = "add" if self.instance._state.adding else "change"
        placed = self.instance.area_id is not None
        if placed and not self.errors and not guard.may(action, self.instance):
            self.add_error(None, "这样保存后，这条记录就不在您的管辖范围内，或不属于您。")
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                for field, problems in problems_by_field(error):
                    self.say(field, problems)
        self.instance.asked_later = ()
        if rules and not self.errors:
            self._compare(rules)
        if self.instance._state.adding and not self.errors:
            self._ask_about_twins()

    def _ask_about_twins(self) -> None:
        """What may be there already is entered with a word about it."""
        asked = "explanation" in self.fields and not self.instance.explanation
        if asked and (found := alike.told(self.instance, trail.current().user)):
            self.say("name", found + ASKED)

    def say(self, field: str, problems: Any) -> None:
        """What is wrong, at the field where the form has it."""
        self.add_error(field if field in self.fields else None, problems)

    def _compare(self, rules: list[UniqueConstraint]) -> None:
        """Where somebody is told that a record has the same that they may not see, the trail is too."""
        user = trail.current().user
        if user and hidden.ELSEWHERE.is_guessed(user.pk):
            self.add_error(None, f"核对次数过多，请过{settings.LOCKOUT_MINUTES}分钟再试。")
            return
        try:
            for rule in rules:
                rule.validate(type(self.instance), self.instance)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]
            if user and hidden.unseen_twin(user, self.instance):
                hidden.ELSEWHERE.note(user.pk)

    def _what_differs(self) -> str:
        entry = AuditEntry.objects.filter(
            model=self.instance._meta.label_lower,
            object_id=str(self.instance.pk),
            action=Action.CHANGE,
        ).first()
        who = entry.actor_name if entry else "其他人"
        columns = {field.name for field in self.instance._meta.get_fields()}
        differing = [
            f"{field.label}（现为“{self._shown(name)}”）"
            for name, field in self.fields.items()
            if name in columns and field.has_changed(self.initial.get(name), self[name].data)
        ]
        differences = "、".join(differing) or "无"
        return (
            f"您打开这条记录之后，{who}修改了它。您填写的内容仍在下面，"
            f"与现有记录不同的有：{differences}。核对后再按保存，以您填写的为准。"
        )

    def _shown(self, name: str) -> str:
        field = self.instance._meta.get_field(name)
        if name in getattr(self.instance, "masked", {}):
            return formats.masked(self.instance, name)
        if field.many_to_many:
            return "、".join(str(one) for one in getattr(self.instance, name).all()) or formats.DASH
        display = getattr(self.instance, f"get_{name}_display", None)
        value = display() if display else getattr(self.instance, name)
        return formats.DASH if value in (None, "") else str(value)


def problems_by_field(error: ValidationError) -> list[tuple[str, Any]]:
    """Pairs of a field and what is wrong there; what no field is named for stands at ""."""
    if hasattr(error, "error_dict"):
        return list(error.error_dict.items())
    return [("", error.error_list)]
