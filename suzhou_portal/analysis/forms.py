"""The form in which a person names a table."""

from django import forms

from suzhou_portal.analysis.models import SavedView


class ViewNameForm(forms.ModelForm):
    """A name."""

    class Meta:
        model = SavedView
        fields = ("name",)
