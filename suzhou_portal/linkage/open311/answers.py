"""Answers as GeoReport v2 has them: one content, written as JSON or as XML, errors alike.

The standard maps XML to JSON by a convention (“Spark”): a list in JSON is in XML an element that holds one
element for each of its items, called as `ITEMS` says.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from xml.etree import ElementTree as Xml

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

ITEMS = {
    "services": "service", "service_requests": "request", "attributes": "attribute", "values": "value",
    "errors": "error", "endpoints": "endpoint", "formats": "format",
}  # fmt: skip
FORMATS = {"json": "application/json", "xml": "text/xml"}


class ProblemError(Exception):
    """Why there is no answer: an HTTP status, and what is wrong, in Chinese; nothing that was sent."""

    def __init__(self, status: int, *descriptions: str) -> None:
        super().__init__(*descriptions)
        self.status, self.descriptions = status, descriptions


def answering(root: str) -> Callable[[Callable[..., Any]], Callable[..., HttpResponse]]:
    """Make a view of what returns the content of an answer, whose outermost element is `root`; a `ProblemError`
    it raises is answered as the standard has errors. `ending` is the address's, json or xml.
    """

    def making(view: Callable[..., Any]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answered(request: HttpRequest, ending: str, **named: Any) -> HttpResponse:
            try:
                _require_jurisdiction(request)
                return _answer(ending, root, view(request, **named))
            except ProblemError as problem:
                told = [
                    {"code": problem.status, "description": one} for one in problem.descriptions
                ]
                return _answer(ending, "errors", told, problem.status)

        return answered

    return making


def _require_jurisdiction(request: HttpRequest) -> None:
    """The portal is one jurisdiction: who names one names it by its division's code."""
    sent = request.POST if request.method == "POST" else request.GET
    if sent.get("jurisdiction_id", "") not in ("", settings.PORTAL_AREA):
        raise ProblemError(404, f"jurisdiction_id：本门户只有{settings.PORTAL_AREA}。")


def _answer(ending: str, root: str, content: Any, status: int = 200) -> HttpResponse:
    kind = f"{FORMATS[ending]}; charset=utf-8"
    if ending == "xml":
        element = Xml.Element(root)
        _write(element, content)
        text = Xml.tostring(element, "UTF-8", xml_declaration=True)
        return HttpResponse(text, status=status, content_type=kind)
    return JsonResponse(
        content, safe=False, status=status, content_type=kind,
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip


def _write(element: Xml.Element, content: Any) -> None:
    if isinstance(content, dict):
        for name, value in content.items():
            _write(Xml.SubElement(element, name), value)
    elif isinstance(content, list):
        for item in content:
            _write(Xml.SubElement(element, ITEMS[element.tag]), item)
    elif isinstance(content, bool):
        element.text = str(content).lower()
    elif content is not None:
        element.text = str(content)
