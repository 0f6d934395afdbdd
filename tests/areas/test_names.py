"""Lists whose records are found by part of their name: exactly what contains it, by an index."""

import pytest
from django.db import connection

from charity.models import CharityProject, CharityResource
from organizations.models import SocialOrganization
from suzhou_portal.search import named
from tests.factories import organizations as make
from tests.factories.areas import AreaFactory
from volunteers.models import VolunteerTeam

pytestmark = pytest.mark.django_db
NAMES = ["暖阳社工中心", "阳光暖心队", "AB党群（东）", "100%_志愿'队", "哈哈哈"]


@pytest.fixture
def registered():
    for name in NAMES:
        make.SocialOrganizationFactory(area=AreaFactory(code="620902004004"), name=name)


@pytest.mark.parametrize(
    "part",
    [
        "暖",
        "暖阳",
        "阳暖",
        "社工中心",
        "ab党",
        "AB",
        "%",
        "_",
        "'",
        "\\",
        "（东）",
        "哈哈哈哈",
        "x",
        "暖 心",
    ],
)
def test_what_contains_the_text_is_found(registered, part):
    found = named(SocialOrganization.objects.all(), part)
    # A name has no space between its characters, so one that is typed there means nothing.
    sought = part.lower().replace(" ", "")
    assert {one.name for one in found} == {one for one in NAMES if sought in one.lower()}


@pytest.mark.parametrize(
    "model", [SocialOrganization, VolunteerTeam, CharityProject, CharityResource]
)
def test_an_index_finds_it(model):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = named(model.objects.order_by(), "暖阳").explain()
    of_characters = [
        one.name
        for one in model._meta.indexes
        if any("Characters" in repr(e) for e in one.expressions)
    ]
    assert any(f"{name} " in plan for name in of_characters)


@pytest.mark.parametrize(
    "page", ["/organizations/", "/volunteers/", "/charity/", "/charity/resources/"]
)
def test_each_list_is_searched(reference, client, page):
    assert client.get(f"{page}?q=暖阳").status_code == 200
