"""Pages are what a validator takes, for visitors and for clerks."""

import pytest
from django.contrib import admin

from charity.models import CharityProject, CharityResource
from organizations.models import ServiceItem, SocialOrganization
from suzhou_portal.records.kinds import kinds
from suzhou_portal.reporting.models import Return
from tests.admin.test_admin import address
from tests.cases import case, in_both_forms
from tests.pages.addresses import PAGES, one_of_each
from tests.pages.markup import problems
from tests.pages.tables import unreadable
from volunteers.models import Activity

ONE_OF = {
    ServiceItem: "/services/{}/", CharityProject: "/charity/projects/{}/",
    CharityResource: "/charity/resources/{}/", Return: "/returns/{}/",
}  # fmt: skip


def of_visitors(day):
    """Every public page, and one record of each kind that has one."""
    yield from PAGES
    yield from (f"/organizations/{one.pk}/" for one in SocialOrganization.objects.all()[:20])
    for desk in kinds.public():
        if record := desk.public.records(day).first():
            yield f"/open/{desk.name}/{record.pk}/"

    for model in (ServiceItem, CharityProject, CharityResource, Return):
        yield ONE_OF[model].format(model.objects.order_by("pk").first().pk)
    yield f"/services/{ServiceItem.objects.listed(day).first().pk}/poster/"
    yield f"/open/activities/{Activity.objects.in_state('open').first().pk}/poster/"


def of_clerks():
    """Lists, forms and records, on desks and in the admin."""
    yield from ("/desk/", "/admin/", "/account/", "/imports/", "/imports/teams/", "/account/open/")
    for model in admin.site._registry:
        yield from (address(model), address(model, "add"))
    for desk in kinds.desks():
        yield from (f"/desk/{desk.name}/", f"/desk/{desk.name}/new/")
        if record := desk.model._default_manager.first():
            yield from (f"/desk/{desk.name}/{record.pk}/", f"/desk/{desk.name}/{record.pk}/edit/")
            yield address(desk.model, "change", record.pk)


def read(browser, pages, readable=False):
    for page in pages:
        with case(page):
            response = browser.get(page, follow=True)
            if response.headers["Content-Type"].startswith("text/html"):
                assert problems(response.text) == []
                if readable:
                    assert unreadable(response.text) == []


@in_both_forms("of", short=lambda pages: list(pages)[::6], whole=list)
def test_pages(demonstration, client, clerk_client, of):
    visited = [*one_of_each(PAGES), *of(of_visitors(demonstration.as_of))]
    read(client, visited, readable=True)
    read(clerk_client, of(of_clerks()))


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<section><p>x</p></section>", "section without heading: None"),
        ('<select name="a" required><option value="1">x</option></select>',
         "required select without an empty option: a"),
        ('<select><option value=""></option></select>', "option without text"),
        ('<h2 id="h">x</h2><section aria-labelledby="h"><h3>y</h3></section>'
         '<div role="region" aria-label="x"></div>', "twice: ('region', 'x')"),
        ('<p id="a"></p><p id="a"></p>', "id twice: a"),
    ],
)  # fmt: skip
def test_a_problem_is_told(page, found):
    assert problems(page) == [found]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ('<table class="lines"><thead><tr><th>名</th><th>数</th></tr></thead>'
         "<tbody><tr><th>a</th><td>1</td></tr></tbody></table>",
         "a cell under 数 is labelled None"),
        ("<table><thead><tr><th>名</th></tr></thead></table>", "no card and no caption: ['名']"),
    ],
)  # fmt: skip
def test_a_table_that_no_phone_shows_is_told(table, found):
    assert unreadable(table) == [found]
