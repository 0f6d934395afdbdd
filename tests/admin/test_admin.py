"""The pages of every record in the admin: found, filtered, opened, at the same cost for any length."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Course, Person, Post
from organizations.models import PurchasedProject
from suzhou_portal.areas.models import AreaRecord
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.figures.models import Demonstration, PublishedValue
from suzhou_portal.reporting.models import FigureDefinition, Snapshot
from suzhou_portal.service.models import ServiceRun
from tests.cases import in_both_forms
from tests.factories import (
    communities,
    every_factory,
    figures,
    organizations,
    volunteers,
)
from tests.factories.areas import DISTRICT, STREET, AreaFactory

pytestmark = pytest.mark.django_db

FACTORIES = {factory._meta.model: factory for factory in every_factory()}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
RECORDS = [model for model in MODELS if issubclass(model, AreaRecord)]
VIEW_ONLY = [PublishedValue, Demonstration, AuditEntry, Snapshot, FigureDefinition, ServiceRun]
# Lines of a sheet, duties that follow from dates, what residents send and what nothing answered: no role adds them.
MADE_BY_THE_PORTAL = (
    "EvaluationScore", "DisclosureDuty", "MissedSearch", "PageFault", "VolunteerApplication",
)  # fmt: skip
every = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured]


def community(number):
    """Every row in a community of its own, so that no two rows share what a query would find."""
    return AreaFactory(code=f"{STREET}{number:03d}")


def place(model, number):
    """The same for a record that stands in a grid or district, as its factory says."""
    if getattr(FACTORIES[model], "_in_districts", False):
        return AreaFactory(code=f"62{number:04d}")
    in_grids = getattr(FACTORIES[model], "_in_grids", False)
    return AreaFactory(code=f"{STREET}{number:03d}001") if in_grids else community(number)


def one_of_each_filter(choices):
    """The last choice of a filter: the others run the same code with another value."""
    return list(choices)[-1:]


def test_every_record_is_kept_in_the_admin():
    kept = {model for model in FACTORIES if issubclass(model, AreaRecord)}
    assert set(RECORDS) == kept


def test_anonymous_is_sent_to_sign_in(client):
    for model in MODELS:
        response = client.get(address(model))
        assert response.status_code == 302, model
        assert response.url.startswith(reverse("sign_in")), model


@every
@in_both_forms("of", short=one_of_each_filter, whole=list)
def test_list_search_and_filters(model, of, clerk_client):
    if model in FACTORIES:
        FACTORIES[model]()
    response = clerk_client.get(address(model))
    assert response.status_code == 200
    listed = response.context["cl"]
    assert listed.search_fields
    assert clerk_client.get(address(model), {"q": "社区"}).status_code == 200
    for spec in listed.filter_specs:
        for choice in of(spec.choices(listed)):
            assert clerk_client.get(address(model) + choice["query_string"]).status_code == 200


def test_the_start_page_is_in_chinese(clerk_client):
    for path in ("/admin/", "/admin/communities/"):
        text = re.sub(r"<[^>]*>", " ", clerk_client.get(path).text)
        assert re.findall(r"[A-Za-z]{3,} [A-Za-z]{2,}", text) == []


@every
def test_pages_of_a_record_open(model, clerk_client):
    made_elsewhere = model in VIEW_ONLY or model.__name__ in MADE_BY_THE_PORTAL
    expected = 403 if made_elsewhere else 200
    assert clerk_client.get(address(model, "add")).status_code == expected
    if model in FACTORIES:
        record = FACTORIES[model]()
        assert clerk_client.get(address(model, "change", record.pk)).status_code == 200


@pytest.mark.parametrize("model", [PublishedValue, Demonstration, Snapshot, ServiceRun])
def test_what_is_only_shown_refuses_every_change(model, clerk_client):
    record = FACTORIES[model]()
    for path in (
        address(model, "add"),
        address(model, "change", record.pk),
        address(model, "delete", record.pk),
    ):
        assert clerk_client.post(path, {"post": "yes"}).status_code == 403
    assert model.objects.get() == record


@every_record
def test_one_row_and_three_cost_the_same(model, clerk_client):
    factory = FACTORIES[model]
    factory(area=place(model, 1))
    clerk_client.get(address(model))  # what Django keeps after its first request
    with_one = queries(clerk_client, address(model))
    for number in (2, 3):
        factory(area=place(model, number))
    assert len(queries(clerk_client, address(model))) == len(with_one)


INLINES = [
    (Course, communities.EnrolmentFactory, "course"),
    (Person, communities.CertificateFactory, "person"),
    (Post, communities.PayMonthFactory, "post"),
    (PurchasedProject, organizations.EvaluationFactory, "project"),
]


@pytest.mark.parametrize(("model", "below", "parent"), INLINES)
def test_one_row_below_and_three_cost_the_same(model, below, parent, clerk_client):
    record = FACTORIES[model](area=community(1))
    path = address(model, "change", record.pk)

    def add(number):
        month = {"month": f"{1990 + number}-01-01"} if parent == "post" else {}
        below(**{parent: record}, area=community(number), **month)

    add(1)
    clerk_client.get(path)
    with_one = queries(clerk_client, path)
    for number in (2, 3):
        add(number)
    assert len(queries(clerk_client, path)) == len(with_one)


def test_streets_and_the_district_itself_are_told_apart(clerk_client):
    own = volunteers.VolunteerTeamFactory(area=AreaFactory(code=DISTRICT))
    inside = volunteers.VolunteerTeamFactory(area=community(1))

    def within(code):
        response = clerk_client.get(address(type(own)), {"within": code})
        return list(response.context["cl"].result_list)

    assert within(DISTRICT) == [own]
    assert within(STREET) == [inside]


@pytest.mark.parametrize("code", ["62", "abc"])
def test_an_unknown_street_is_no_filter(code, clerk_client):
    AreaFactory()
    response = clerk_client.get(address(Person), {"within": code}, follow=True)
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/admin/organizations/socialorganization/?kind__exact=%00",
        "/admin/organizations/socialorganization/?%00=1",
        "/admin/areas/area/%00/change/",
        "/admin/autocomplete/?app_label=communities&model_name=post&field_name=area&term=%00",
    ],
)
def test_what_no_database_can_look_for_is_refused(path, clerk_client):
    response = clerk_client.get(path)
    assert response.status_code == 400
    assert "无法识别的字符" in response.content.decode()


def test_a_phone_is_masked_in_list_and_form(clerk_client):
    person = communities.PersonFactory(phone="13800001234")
    for path in (address(Person), address(Person, "change", person.pk)):
        page = clerk_client.get(path).content.decode()
        assert "138****1234" in page
        assert person.phone not in page


def test_money_is_grouped(clerk_client):
    communities.PayMonthFactory(post_pay="3000.00", performance_pay="420.00")
    listed = clerk_client.get(reverse("admin:communities_paymonth_changelist")).content.decode()
    assert "3,420.00" in listed


def test_choices_of_one_name_are_told_apart(clerk_client):
    communities.PersonFactory(name="张三", area=community(1))
    communities.PersonFactory(name="张三", area=community(2))
    response = clerk_client.get(
        reverse("admin:autocomplete"),
        {"app_label": "communities", "model_name": "post", "field_name": "person", "term": "张三"},
    )
    texts = [result["text"] for result in response.json()["results"]]
    assert texts == [f"张三（地区{STREET}001）", f"张三（地区{STREET}002）"]


def test_banner_while_a_demonstration_exists(clerk_client):
    index = reverse("admin:index")
    assert "本站记录均为虚构" not in clerk_client.get(index).content.decode()
    figures.DemonstrationFactory()
    page = clerk_client.get(index).content.decode()
    assert "本站记录均为虚构" in page
    assert f'href="{reverse("home")}"' in page
