"""How crispy-forms writes the forms of the portal."""

from crispy_forms.helper import FormHelper


def inside_a_form() -> FormHelper:
    """The fields alone: the page has the form around them, with its token and its buttons."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    return helper
