"""The forms of a page that is not drawn yet, the admin's above all: what they are called, and which they are."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict


def title(page: dict[str, Any]) -> str:
    """What a form of the admin is called; blank for any other page, one that is only read, and a window that
    was opened to choose in.
    """
    shown: Any = page.get("adminform")
    writes = shown is not None and (page["has_add_permission"] or page["has_change_permission"])
    if not writes or page["is_popup"] or not shown.form.fields:
        return ""
    record = page.get("original")
    return f"{page['title']}：{record}" if record else str(page["title"])


def forms(page: dict[str, Any], data: QueryDict) -> Iterator[tuple[Any, str]]:
    """The forms of the page, and the prefix under which each was typed: those of rows below a record too, as
    many as there were, and of a record that is there already the one of the row in which it stood.
    """
    if "adminform" not in page:
        yield page["form"], ""
        return
    yield page["adminform"].form, ""
    for rows in page.get("inline_admin_formsets", ()):
        yield from _rows(rows.formset, data)


def _rows(formset: Any, data: QueryDict) -> Iterator[tuple[Any, str]]:
    there, every = (
        _number(data, f"{formset.prefix}-{name}_FORMS") for name in ("INITIAL", "TOTAL")
    )
    lines = [formset.add_prefix(line) for line in range(min(every, formset.absolute_max))]
    formset.extra = max(formset.extra, len(lines[there:]))
    vars(formset).pop("forms", None)  # which were made before it was known how many
    key = formset.model._meta.pk.name
    stood = {data.get(f"{line}-{key}"): line for line in lines[:there]}
    for form in formset.initial_forms:
        if line := stood.get(str(form.instance.pk)):
            yield form, line
    yield from zip(formset.extra_forms, lines[there:], strict=False)


def _number(data: QueryDict, name: str) -> int:
    said = data.get(name, "")
    return int(said[:4]) if said.isascii() and said.isdecimal() else 0
