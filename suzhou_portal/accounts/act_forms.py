"""What is asked for each act about divisions, and what it comes to."""

import datetime
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from suzhou_portal.accounts import guard
from suzhou_portal.accounts.acts import END, Act
from suzhou_portal.areas import codes, former_names
from suzhou_portal.areas.changes import DivisionChange
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.enums import ChangeKind
from suzhou_portal.areas.models import Area
from suzhou_portal.form_parts import inside_a_form
from suzhou_portal.formats import date

EARLIEST = datetime.date(1949, 10, 1)
LATEST_DAYS = 366  # so far ahead an act may be known


class ActForm(forms.Form):
    """The day and the document of any act."""

    kind: ClassVar[ChangeKind]
    ahead = True  # whether it may be entered before its day
    require: Callable[..., None]  # raises ValidationError where the act can't be

    effective_on = forms.DateField(
        label="生效日期", widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    document = forms.CharField(label="文号或依据", max_length=100)

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inside_a_form()
        below = [Level.STREET, Level.COMMUNITY, Level.GRID]
        reach = Area.objects.filter(user.scope(Area, "change"), level__in=below)
        for name in {"area", "other"} & self.fields.keys():
            self.fields[name].queryset = reach.in_force(timezone.localdate())  # type: ignore[attr-defined]
            former_names.label(self.fields[name])

    def clean_effective_on(self):
        day, today = self.cleaned_data["effective_on"], timezone.localdate()
        last = today + datetime.timedelta(days=LATEST_DAYS) if self.ahead else today
        if not EARLIEST <= day <= last:
            raise ValidationError(f"生效日期应在{date(EARLIEST)}至{date(last)}之间。")
        return day

    def clean(self):
        super().clean()
        if not self.errors:
            self.require(**self.cleaned_data)
        return self.cleaned_data

    def act(self) -> Act:
        """What the valid form comes to."""
        raise NotImplementedError

    def change(self, kind: ChangeKind, area: Area, **more: Any) -> DivisionChange:
        """The act as it is kept."""
        given: Any = self.cleaned_data
        return DivisionChange(
            kind=kind, area=area, effective_on=given["effective_on"], document=given["document"],
            **({"name_after": area.name} | more),
        )  # fmt: skip


def area_field(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(Area.objects.none(), label=label, empty_label="请选择")


class FoundForm(ActForm):
    kind = ChangeKind.FOUNDED
    code = forms.CharField(label="区划代码", max_length=15)
    name = forms.CharField(label="名称", max_length=60)
    field_order = ("code", "name")

    def require(self, code, name, effective_on, **others):
        new_division(code, name, effective_on, "code")

    def act(self):
        given = self.cleaned_data
        area = new_division(given["code"], given["name"], given["effective_on"], "code")
        return Act(given["effective_on"], [self.change(self.kind, area)], founded=[area])


class RenameForm(ActForm):
    kind = ChangeKind.RENAMED
    ahead = False
    area = area_field("更名的区划")
    name = forms.CharField(label="新名称", max_length=60)
    field_order = ("area", "name")

    def require(self, area, name, **others):
        if name == area.name:
            raise ValidationError({"name": "新名称与现在的名称相同。"})

    def act(self):
        given = self.cleaned_data
        change = self.change(
            self.kind, given["area"], name_before=given["area"].name, name_after=given["name"]
        )
        return Act(given["effective_on"], [change])


class AbolishForm(ActForm):
    kind = ChangeKind.ABOLISHED
    area = area_field("撤销的区划")
    field_order = ("area",)

    def require(self, area, effective_on, **others):
        require_may_end(area, effective_on)

    def act(self):
        given = self.cleaned_data
        change = self.change(self.kind, given["area"])
        return Act(given["effective_on"], [change], ended=given["area"])


class MergeForm(ActForm):
    kind = ChangeKind.MERGED
    area = area_field("撤销的区划")
    other = area_field("并入")
    field_order = ("area", "other")

    def require(self, area, other, effective_on, **others):
        require_may_end(area, effective_on)
        if other == area or other.level != area.level:
            raise ValidationError({"other": f"请选择另一个{area.get_level_display()}。"})
        if other.valid_to or not other.exists_on(effective_on):
            raise ValidationError({"other": f"“{other}”在这一天之前或以后不存在。"})

    def act(self):
        given = self.cleaned_data
        change = self.change(self.kind, given["area"], other=given["other"])
        day, ended = given["effective_on"], given["area"]
        return Act(day, [change], ended=ended, heirs=[given["other"]])


class SplitForm(ActForm):
    kind = ChangeKind.SPLIT
    area = area_field("原区划")
    formed = forms.CharField(
        label="分设的区划", max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text="每行一个：区划代码、空格、名称。",
    )  # fmt: skip
    ends = forms.BooleanField(
        label="原区划同时撤销", required=False,
        help_text="撤销的，原有记录由第一行的区划接续办理。",
    )  # fmt: skip
    field_order = ("area", "formed", "ends")

    def require(self, area, effective_on, ends, **others):
        if ends:
            require_may_end(area, effective_on)
        elif area.valid_to or not area.exists_on(effective_on):
            raise ValidationError({"area": f"“{area}”在这一天之前或以后不存在。"})
        formed = self._formed()
        if any(one.level != area.level for one in formed):
            raise ValidationError(
                {"formed": f"分设的区划应与原区划同为{area.get_level_display()}。"}
            )
        if len({one.code for one in formed}) < len(formed) or (ends and len(formed) < 2):
            raise ValidationError({"formed": "区划代码不能重复；原区划撤销的，至少写两个。"})

    def _formed(self) -> list[Area]:
        lines = self.cleaned_data["formed"].split("\n")
        pairs = [line.split(maxsplit=1) for line in lines if line.strip()]
        if any(len(pair) < 2 for pair in pairs):
            raise ValidationError({"formed": "每行应有区划代码和名称，中间空一格。"})
        day = self.cleaned_data["effective_on"]
        return [new_division(code, name.strip(), day, "formed") for code, name in pairs]

    def act(self):
        given, formed = self.cleaned_data, self._formed()
        changes = [self.change(self.kind, one, other=given["area"]) for one in formed]
        if not given["ends"]:
            return Act(given["effective_on"], changes, founded=formed)
        changes.append(self.change(ChangeKind.ABOLISHED, given["area"]))
        return Act(given["effective_on"], changes, formed, given["area"], formed)


FORMS: dict[ChangeKind, type[ActForm]] = {
    form.kind: form for form in (MergeForm, RenameForm, SplitForm, FoundForm, AbolishForm)
}


def new_division(code: str, name: str, day: datetime.date, at: str) -> Area:
    """A division that begins on the day. Raises ValidationError at the field for a code that is none,
    is used, is not the person's to give, or lies in nothing that exists on the day.
    """
    try:
        parent = codes.parent_of(code)
    except ValueError as error:
        raise ValidationError({at: "区划代码应为9、12或15位数字。"}) from error
    area = Area(code=code, name=name, valid_from=day, level=codes.level_of(code), parent_id=parent)
    if not guard.may("add", area):
        raise ValidationError({at: f"区划代码“{code}”不在您的管辖范围内。"})
    if Area.objects.filter(pk=code).exists():
        raise ValidationError({at: f"区划代码“{code}”已经用过，用过的代码不再使用。"})
    if not Area.objects.filter(pk=parent).in_force(day).exists():
        raise ValidationError({at: f"上级“{parent}”在{date(day)}不存在，请先设立上级。"})
    if len(name) > 60 or any(not one.isprintable() for one in name):
        raise ValidationError({at: f"“{code}”的名称过长，或有无法识别的字符。"})
    return area


def require_may_end(area: Area, day: datetime.date) -> None:
    """Raises ValidationError for a division that has ended, begins later, or has others in it that
    would be left: grids alone end with what they lie in.
    """
    if area.valid_to:
        raise ValidationError({"area": f"“{area}”已定于{date(area.valid_to)}撤销。"})
    if area.valid_from and day <= area.valid_from:
        raise ValidationError({"effective_on": f"“{area}”自{date(area.valid_from)}才设立。"})
    inside = Area.objects.inside(area.code).in_force(day).exclude(pk=area.pk)
    if left := inside.exclude(level=Level.GRID).count():
        raise ValidationError({"area": f"其中还有{left}个社区，请先办理这些社区的变更。"})


class AccountsForm(forms.Form):
    """Where each account of the division that ends goes on; nowhere, unless somebody says so."""

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inside_a_form()
        last = act.first_day - datetime.timedelta(days=1)
        going = [(one.code, f"转到{one.name}") for one in act.heirs]
        choices = [*going, (END, f"{date(last)}终止")]
        self.accounts = {f"account-{one.pk}": one.pk for one in act.accounts()}
        for one in act.accounts():
            self.fields[f"account-{one.pk}"] = forms.ChoiceField(
                label=f"{one.user}，{one}", choices=choices, initial=choices[0][0]
            )

    @property
    def destinations(self) -> dict[int, str]:
        """By the key of what each is entrusted with."""
        return {pk: self.cleaned_data[name] for name, pk in self.accounts.items()}
