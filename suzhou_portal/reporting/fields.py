"""A period as a column of a record, and as a choice in its form."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.periods import Period, PeriodKind
from suzhou_portal.reporting import duties

OFFERED = {PeriodKind.MONTH: 18, PeriodKind.QUARTER: 12, PeriodKind.YEAR: 5}


def last_over() -> str:
    """The latest period that is over, of the shortest kind anybody reports."""
    return str(Period.last_over(site_date(), duties.kinds()[0]))


def validate_period(text: str) -> None:
    """A period that exists and has begun. Raises ValidationError with a Chinese reason."""
    try:
        Period.parse(text).require_begun(site_date())
    except ValueError as error:
        raise ValidationError(str(error)) from error


def period_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The last periods of each kind that anybody reports, latest first."""
    today = site_date()
    return [
        (f"按{kind.label}", [
            (str(period), period.label)
            for period in reversed(list(Period.of(today, kind).back(OFFERED[kind])))
        ])
        for kind in duties.kinds()
    ]  # fmt: skip


class PeriodField(models.CharField):
    """A period as `Period.parse` reads it; forms offer the last ones."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 7
        kwargs["validators"] = [validate_period]
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        """Migrations see a plain column, so that they need no code of ours."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs):
        """A choice of the last periods, and of the one already chosen."""
        return PeriodChoice(label=self.verbose_name, help_text=self.help_text)


class PeriodChoice(forms.ChoiceField):
    """One of the last periods; another that exists may be sent as well."""

    def __init__(self, **kwargs):
        super().__init__(choices=period_choices, **kwargs)

    def prepare_value(self, value):
        """A new form has the period at hand that is to be reported next."""
        return value or last_over()

    def valid_value(self, value):
        try:
            validate_period(value)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return True
