"""Every list there is, paged to its end and back, in each order it offers."""

import ast
import sys
from collections import Counter
from itertools import chain, islice
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve, reverse
from django.utils import timezone
from django_filters import OrderingFilter

from communities.models import Course, ExamSeason, PayMonth, Person
from suzhou_portal import keyset
from suzhou_portal.accounts.models import Assignment
from suzhou_portal.areas.models import Area
from suzhou_portal.figures.dates import site_date
from suzhou_portal.imports.models import Doubt
from suzhou_portal.lists import FilteredListView
from suzhou_portal.merging.models import Verdict
from suzhou_portal.notices.models import Notice
from suzhou_portal.notices.telling import tell
from suzhou_portal.records.kinds import kinds
from tests.cases import case, in_both_forms
from tests.pages.addresses import FIGURES, LISTS, THREE_LISTS
from volunteers.models import Emergency, VolunteerTeam

PAGES = 3
# The pages of all desks are made alike, and those of all figures.
DESKS = [f"/desk/{desk.name}/" for desk in kinds.desks()]
# The district has one such rule, and one standard of evaluation; one person was merged.
ONE_ROW = (
    "/figures/purchase_regulation/",
    "/open/evaluation-standards/",
    "/desk/evaluation-standards/",
    "/twins/person/1/merged/",
)
# So many lists below records of each kind.
BELOW_EACH = 3
# The lists about one record, which not every record has at its stage.
BELOW = {
    "course_attendance": Course, "course_results": Course, "exam_passes": ExamSeason,
    "mobilization": Emergency,
}  # fmt: skip
PACKAGES = ("suzhou_portal", "communities", "organizations", "volunteers", "charity")


@pytest.fixture
def asked(monkeypatch):
    """Who asked for a page of what. Every list has a few pages, however short it is."""
    real, noted = keyset.page, []

    def in_parts(queryset, cursor, size):
        asking = sys._getframe(2)
        view = asking.f_locals.get("self")
        name = type(view).__name__ if isinstance(view, FilteredListView) else asking.f_code.co_name
        size = max(1, -(-queryset.count() // PAGES))
        noted.append((name, queryset, made := real(queryset, cursor, size)))
        return made

    monkeypatch.setattr(keyset, "page", in_parts)
    return noted


def addresses(browser, alike):
    """Where there are lists, about records of the demonstration."""
    yield from (*LISTS, *THREE_LISTS, *alike)
    yield from map(reverse, ("own_pay", "review_sheet", "track_records", "expiring_certificates"))
    yield from (
        "/imports/doubts/",
        "/notices/",
        "/requests/open/",
        "/divisions/",
        "/volunteers/pairing/",
        f"/admin/areas/area/{settings.PORTAL_AREA}/history/",
        "/twins/person/",
    )
    merged = Verdict.objects.filter(same=True, model=Person._meta.label_lower).first()
    yield reverse("merged_records", args=["person", merged.kept_id])
    for name, model in BELOW.items():
        pages = [reverse(name, args=[record.pk]) for record in model.objects.all()]
        yield from islice(
            (page for page in pages if browser.get(page).status_code == 200), BELOW_EACH
        )


def orders(browser, address):
    """What the list may be sorted by, and nothing."""
    filters = (browser.get(address).context or {}).get("filter")
    offered = filters.filters.items() if filters else ()
    yield {}
    for name, one in offered:
        if isinstance(one, OrderingFilter):
            yield from ({name: choice} for choice, _ in one.field.choices if choice)


def turned(browser, asked, address, query, way, cursor=""):
    """The keys of each page in turn, from a cursor on."""
    while True:
        asked.clear()
        response = browser.get(address, query | ({"page": cursor} if cursor else {}))
        assert response.status_code == 200, response
        _, queryset, page = asked[-1]
        yield [row.pk for row in page], queryset, page
        cursor = getattr(page, way)
        if not cursor:
            return


def through(browser, asked, address, query):
    """Every row once, there and back; the pages there were and who made them."""
    there = list(turned(browser, asked, address, query, "next"))
    name, (_, queryset, first) = asked[-1][0], there[0]
    rows = [key.order for key in keyset.keys_of(queryset)]
    expected = list(queryset.order_by(*rows).values_list("pk", flat=True))
    assert list(chain(*(keys for keys, *_ in there))) == expected
    back = list(turned(browser, asked, address, query, "previous", first.last)) if expected else []
    assert list(chain(*(keys for keys, *_ in reversed(back)))) == expected
    return name, len(there)


@in_both_forms("alike", short=(DESKS[0], FIGURES[0]), whole=(*DESKS, *FIGURES))
def test_every_list(demonstration, clerk, clerk_client, asked, alike):
    clerk.person = clerk.confirmed_person = (
        PayMonth.objects.filter(post__person__isnull=False).first().post.person
    )
    clerk.save()
    team = VolunteerTeam.objects.filter(is_demo=True).first()
    Assignment.objects.create(user=clerk, role="team", area=team.area, team=team)
    Doubt.objects.bulk_create(
        Doubt(
            model="communities.person", object_id=number, area_code=portal, field="name", why="试"
        )
        for number in range(PAGES)
        for portal in [settings.PORTAL_AREA]
    )
    for number in range(PAGES):
        tell([clerk.pk], "试", model="x.x", object_id=number, area_id=settings.PORTAL_AREA)
    Notice.objects.filter(object_id=0).update(read_at=timezone.now())
    portal = Area.objects.get(pk=settings.PORTAL_AREA)
    for valid_to in (site_date(), None):
        portal.valid_to = valid_to
        portal.save()
    views, longest = set(), Counter()
    for address in dict.fromkeys(addresses(clerk_client, alike)):
        for query in orders(clerk_client, address):
            with case(address, query):
                view, pages = through(clerk_client, asked, address, query)
            views.add(view)
            kind = about(address)
            longest[kind] = max(longest[kind], pages)
    assert views == all_that_page()
    assert {kind for kind, pages in longest.items() if pages < 2} <= {*map(about, ONE_ROW)}


def about(address):
    """The list, whichever record it is about."""
    match = resolve(address)
    return match.view_name, match.kwargs.get("name"), match.kwargs.get("key")


def all_that_page():
    """The list views of the portal, and the functions that ask for a page themselves."""
    names = {view.__name__ for view in _below(FilteredListView)}
    for package in PACKAGES:
        for file in (Path(settings.BASE_DIR) / package).rglob("*.py"):
            names |= set(_functions_that_page(ast.parse(file.read_text())))
    return names - {"paginate_queryset"}


def _below(view):
    for one in view.__subclasses__():
        yield one
        yield from _below(one)


def _functions_that_page(tree):
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
            if any(isinstance(one, ast.Name) and one.id == "page_of" for one in called):
                yield function.name


def test_a_list_of_the_portals_own_division_is_the_whole_list(demonstration, clerk_client):
    # Foundations stand where they are registered, above the district.
    for address in (*LISTS, *{*DESKS} - {"/desk/foundations/"}):
        with case(address):
            whole = clerk_client.get(address)
            own = clerk_client.get(address, {"area": settings.PORTAL_AREA})
            assert own.status_code == 200
            assert own.context["page_obj"].count == whole.context["page_obj"].count
