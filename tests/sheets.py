"""What a browser sends of a sheet as it is shown now, but for what is filled in."""


def filled(somebody, path, **values):
    """`values` by field: a list for the rows in their order, None for a row left as it is; anything
    else is a button that is pressed.
    """
    formset = somebody.client.get(path).context["formset"]
    sent = {}
    for form in [formset.management_form, *formset.forms]:
        for field in form:
            value = field.value()
            if value not in (None, False):
                sent[field.html_name] = "on" if value is True else value
    for name, given in values.items():
        if not isinstance(given, list):
            sent[name] = given
            continue
        for row, value in enumerate(given):
            if value is not None:
                sent[f"form-{row}-{name}"] = value
    return sent
