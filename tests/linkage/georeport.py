"""What GeoReport v2 says of an answer, kept as data beside this, and whether an answer is so."""

import datetime
import json
from pathlib import Path
from xml.etree import ElementTree as Xml

from suzhou_portal.linkage.models import ServiceRequest
from suzhou_portal.linkage.open311.answers import ITEMS
from tests.factories.areas import COMMUNITY, AreaFactory

STANDARD = json.loads(Path(__file__).with_name("georeport_v2.json").read_text())
TYPES = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
PRIVATE = {"name": "欧阳某某", "phone": "13900005678", "address": "2号楼3单元501"}


def conforms(content, element):
    """Fails where the answer has a field the standard does not know, lacks one it wants, or has
    something else in it than it says.
    """
    if isinstance(content, list):
        for one in content:
            conforms(one, element)
        return
    fields = STANDARD[element]
    assert set(content) <= set(fields)
    for name, said in fields.items():
        assert name in content or not said.endswith("!"), name
        if name in content:
            _holds(content[name], said)


def _holds(value, said):
    kind = said.rstrip("!?")
    if value is None:
        assert said.endswith("?")
    elif kind.removesuffix("[]") in STANDARD:
        conforms(value, kind.removesuffix("[]"))
    elif kind.endswith("[]"):
        assert all(isinstance(one, TYPES[kind[:-2]]) for one in value)
    elif "|" in kind:
        assert value in kind.split("|")
    elif kind == "datetime":
        assert datetime.datetime.fromisoformat(value).tzinfo
    else:
        assert type(value) is not bool or kind == "boolean"
        assert isinstance(value, TYPES[kind])


def from_xml(response):
    """The content of an answer in XML as the one in JSON would have it, but for its types."""
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert response.content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    return _read(Xml.fromstring(response.content))  # noqa: S314 - what we wrote ourselves


def _read(element):
    if element.tag in ITEMS:
        assert {one.tag for one in element} <= {ITEMS[element.tag]}
        return [_read(one) for one in element]
    return {one.tag: _read(one) for one in element} if len(element) else element.text


def as_text(content):
    """What of the content in JSON stands in XML."""
    if isinstance(content, dict):
        return {name: as_text(value) for name, value in content.items()}
    if isinstance(content, list):
        return [as_text(one) for one in content]
    text = None if content is None else str(content)
    return text.lower() if isinstance(content, bool) else text


def asked(code=COMMUNITY, **known):
    """A request that somebody asked for."""
    area = AreaFactory(code=code)
    given = {"channel": "phone", "kind": "repair", "content": "厕所堵了，家里有病人", **PRIVATE}
    return ServiceRequest.objects.create(area=area, **{**given, **known})
