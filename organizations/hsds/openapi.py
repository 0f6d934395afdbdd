"""The API described for programs (OpenAPI 3.1): the addresses that answer here, and what each may be asked.

HSDS's own description names more than a portal must offer, and not the filters by area and category.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse

from organizations.hsds.queries import ListQuery, ServiceQuery
from suzhou_portal.figures.data import licence

VERSION = "3.0"
STANDARD = f"https://raw.githubusercontent.com/openreferral/specification/{VERSION}/schema/compiled"
# What may be asked of each list, and the standard's schemas of an object in it and of one by itself.
LISTS: dict[str, tuple[type[ListQuery], str, str]] = {
    "services": (ServiceQuery, "service_list", "service"),
    "organizations": (ListQuery, "organization_list", "organization"),
}
FRAME = dict.fromkeys(("total_items", "total_pages", "page_number", "size"), "integer")
FRAME |= dict.fromkeys(("first_page", "last_page", "empty"), "boolean")


def description(absolute: Callable[[str], str]) -> dict[str, Any]:
    """The whole description; `absolute` makes a full address of a path."""
    paths: dict[str, Any] = {"/": _get([], {"type": "object"})}
    for name, (query, listed, single) in LISTS.items():
        asked = [_parameter("area", {"type": "string"})]
        asked += [_parameter(one, _schema(field)) for one, field in query.base_fields.items()]
        paths[f"/{name}"] = _get(asked, _page(_standard(listed)))
        found = _parameter("id", {"type": "string", "format": "uuid"}) | {
            "in": "path",
            "required": True,
        }
        paths[f"/{name}/{{id}}"] = _get([found], _standard(single))
    return {
        "openapi": "3.1.0",
        "info": {"title": "服务和社会组织", "version": VERSION, "license": {"name": licence()}},
        "servers": [{"url": absolute(reverse("hsds")).rstrip("/")}],
        "paths": paths,
    }


def _get(parameters: list[dict[str, Any]], schema: dict[str, Any]) -> dict[str, Any]:
    content = {"application/json": {"schema": schema}}
    responses = {"200": {"description": "OK", "content": content}}
    return {"get": {"parameters": parameters, "responses": responses}}


def _standard(name: str) -> dict[str, Any]:
    return {"$ref": f"{STANDARD}/{name}.json"}


def _page(contents: dict[str, Any]) -> dict[str, Any]:
    frame: dict[str, Any] = {name: {"type": kind} for name, kind in FRAME.items()}
    return {
        "type": "object",
        "properties": frame | {"contents": {"type": "array", "items": contents}},
    }


def _parameter(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema}


def _schema(field: forms.Field) -> dict[str, Any]:
    """What the field of a form takes."""
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [*dict(field.choices)]}  # type: ignore[arg-type]
    if isinstance(field, forms.UUIDField):
        return {"type": "string", "format": "uuid"}
    return {"type": "string", "maxLength": field.max_length}  # type: ignore[attr-defined]
