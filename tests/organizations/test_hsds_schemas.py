"""Open data about services and organizations keeps the schemas of HSDS 3.0, and is where it says to be."""

import json
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.open_data import identifier
from tests.cases import case
from tests.factories.areas import DISTRICT
from tests.organizations.hsds import ORGANIZATIONS, SERVICES, everything

pytestmark = pytest.mark.django_db
SCHEMAS = Path(settings.BASE_DIR) / "tests" / "vendor" / "hsds"


@cache
def validator(name):
    """Of one of the standard's schemas; formats too, such as those of identifiers and addresses."""
    contents = {file.name: json.loads(file.read_text()) for file in SCHEMAS.glob("*.json")}
    known = [
        (file, Resource.from_contents(text, default_specification=DRAFT202012))
        for file, text in contents.items()
    ]
    return Draft202012Validator(
        contents[f"{name}.json"],
        registry=Registry().with_resources(known),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def check(name, content):
    """It keeps the schema, and says no word that the schema does not know."""
    problems = [f"{one.json_path}: {one.message}" for one in validator(name).iter_errors(content)]
    assert problems == []
    assert set(content) <= set(validator(name).schema["properties"])


def test_the_schemas_refuse_what_is_wrong():
    for wrong in ({}, {"id": "x", "name": "a", "status": "active"}, {"id": 1}):
        with pytest.raises(AssertionError):
            check("service", wrong)
    with pytest.raises(AssertionError):
        check(
            "service", {"id": identifier("service"), "name": "a", "status": "active", "url": "助"}
        )


def test_all_the_demonstration_is_valid(demonstration, client):
    services = everything(client, SERVICES, full="true")
    assert len(services) == ServiceItem.objects.listed(demonstration.as_of).count()
    for one in services:
        with case(one["name"]):
            check("service", one)
            check("organization", one["organization"])
    for one in everything(client, SERVICES):
        check("service_list", one)
    organizations = everything(client, ORGANIZATIONS, full="true")
    here = SocialOrganization.objects.within(DISTRICT)
    assert len(organizations) == here.active(demonstration.as_of).count()
    for one in organizations:
        for mine in one.pop("services"):
            check("service_list", mine)
        check("organization", one)
    for one in everything(client, ORGANIZATIONS):
        check("organization_list", one)


def test_every_object_has_its_address_under_both_roots(demonstration, client):
    pages = {SERVICES: ["services", 60], ORGANIZATIONS: ["organizations", 60]}
    for path, (what, step) in pages.items():
        whole = everything(client, path, full="true")
        for one in whole[::step]:
            assert client.get(f"/data/{what}/{one['id']}.json").json() == one
            assert client.get(f"/data/hsds/{what}/{one['id']}").json() == one
        plain, standard = client.get(path), client.get(f"/data/hsds/{what}")
        assert plain.json() == standard.json()
    for one in everything(client, SERVICES)[::10]:
        found = client.get(f"/data/organizations/{one['organization']['id']}.json").json()
        assert found["name"] == one["organization"]["name"]
        assert one["id"] in [mine["id"] for mine in found["services"]]
        mine = everything(client, SERVICES, organization_id=found["id"])
        assert [one["id"] for one in mine] == [one["id"] for one in found["services"]]


def test_the_base_tells_the_version(reference, client):
    base = client.get("/data/hsds/").json()
    assert base["version"] == "3.0"
    assert client.get(base["profile"]).status_code == 200
    assert client.get(base["openapi_url"]).status_code == 200


def test_the_description_names_what_answers_and_what_is_refused(demonstration, client):
    told = client.get("/data/hsds/openapi.json").json()
    root = told["servers"][0]["url"]
    for path, methods in told["paths"].items():
        if path.endswith("{id}"):
            known = client.get(root + path.removesuffix("/{id}")).json()["contents"][0]["id"]
            assert client.get(root + path.replace("{id}", known)).status_code == 200
            continue
        answer = client.get(root + path)
        assert answer.status_code == 200
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert set(schema.get("properties", answer.json())) == set(answer.json())
        for one in methods["get"]["parameters"]:
            with case(path, one["name"]):
                wrong = client.get(root + path, {one["name"]: "\0"})
                assert wrong.status_code == 400
                rightly = one["schema"].get("enum", [one["schema"].get("minimum", "")])[-1]
                assert client.get(root + path, {one["name"]: rightly}).status_code == 200
