"""Which of two records stays, and of what they say otherwise which value."""

from typing import Any

from django import forms

from suzhou_portal import formats
from suzhou_portal.merging.merge import compared
from suzhou_portal.records.columns import columns, texts


class TwinsForm(forms.Form):
    """Two records of one kind side by side; the one with more that hangs on it is offered to stay."""

    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any, two: list[Any], hanging: Any):
        super().__init__(data, label_suffix="：")
        self.two = two
        names = compared(type(two[0]))
        self._told = texts(columns(type(two[0]), names), two)
        self._names = dict(zip(names, zip(*self._told, strict=True), strict=True))
        first = max(two, key=lambda record: hanging[record.pk].total())
        self.fields["stays"] = forms.ChoiceField(
            label="留下哪一条", initial=str(first.pk), widget=forms.RadioSelect,
            choices=[(str(one.pk), f"{one}（编号{one.pk}，{one.area}）") for one in two],
        )  # fmt: skip
        self.fields["version"].initial = self.state
        for name in self._differing():
            filled = [one for one in two if getattr(one, name) not in (None, "")]
            chosen = first if first in filled else filled[0]
            self.fields[name] = forms.ChoiceField(
                label=str(first._meta.get_field(name).verbose_name), initial=str(chosen.pk),
                choices=self._choices(name), widget=forms.RadioSelect,
            )  # fmt: skip

    def _choices(self, name: str) -> list[tuple[str, str]]:
        """The two values; of hidden ones that look alike it is said that they are not."""
        one, other = self._names[name]
        alike = "（两条隐去的部分不同）" if one == other != formats.DASH else ""
        return [
            (str(record.pk), f"{text}{alike}（编号{record.pk}）")
            for record, text in zip(self.two, (one, other), strict=True)
        ]

    def _differing(self) -> list[str]:
        one, other = self.two
        return [
            name
            for name in self._names
            if getattr(one, one._meta.get_field(name).attname)
            != getattr(other, other._meta.get_field(name).attname)
        ]

    @property
    def state(self) -> str:
        """Which state of the two the page showed."""
        return " ".join(one.updated_at.isoformat() for one in self.two)

    @property
    def same(self) -> list[tuple[str, str]]:
        """Label and text of what both say alike."""
        options = self.two[0]._meta
        return [
            (str(options.get_field(name).verbose_name), said[0])
            for name, said in self._names.items()
            if name not in self.fields and said[0] != formats.DASH
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse what the person has not seen; the next time it stands."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("version") != self.state:
            self.data = {**{name: self.data[name] for name in self.data}, "version": self.state}
            raise forms.ValidationError("您打开这一页之后，别人修改了其中一条。请核对后再办理。")
        return cleaned

    def outcome(self) -> tuple[Any, Any, dict[str, Any]]:
        """The record that stays, the one that goes, and the values that the first one gets."""
        by_key = {str(one.pk): one for one in self.two}
        kept = by_key[self.cleaned_data["stays"]]
        [gone] = [one for one in self.two if one is not kept]
        chosen = {
            name: getattr(by_key[self.cleaned_data[name]], name)
            for name in self.fields
            if name in self._names
        }
        return kept, gone, chosen
