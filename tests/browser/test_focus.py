"""Every control of every page shows that the keyboard is on it, in the site's colours and in a reader's own."""

import pytest

from suzhou_portal.records.kinds import kinds
from tests.browser import test_accounts, test_walk
from tests.browser.addresses import PUBLIC
from tests.browser.focus import contrast, looked_at

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
ADMIN = [
    "/admin/", "/admin/organizations/socialorganization/", "/admin/communities/person/",
    "/admin/organizations/socialorganization/add/", "/admin/password_change/",
]  # fmt: skip
COLOURS = ("none", "active")


def unseen(page):
    """The controls of the page whose focus one does not see, in both sets of colours."""
    found = []
    for colours in COLOURS:
        page.emulate_media(forced_colors=colours)
        found += [(colours, one) for one in looked_at(page) if not one.visible]
    return found


@pytest.mark.parametrize("path", PUBLIC)
def test_of_a_public_page(portal, page, path):
    page.goto(portal + path)
    assert unseen(page) == []


@pytest.mark.parametrize("path", ["/dashboard/", "/services/", "/areas/620902004004/"])
def test_of_a_page_on_a_phone_with_its_menu_open(portal, page, path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(portal + path)
    page.click(".site-menu summary")
    assert unseen(page) == []


@pytest.mark.parametrize("place", test_walk.WALK)
def test_of_a_page_of_the_desks(portal, page, place):
    test_walk.go(portal, page, place)
    assert unseen(page) == []


@pytest.mark.parametrize("place", test_accounts.PLACES)
def test_of_a_page_of_accounts(portal, page, place):
    test_accounts.go(portal, page, place)
    assert unseen(page) == []


@pytest.mark.parametrize("path", ADMIN)
def test_of_a_page_of_the_admin(portal, page, path):
    test_accounts.sign_in(portal, page, "district")
    page.goto(portal + path)
    assert unseen(page) == []


@pytest.mark.parametrize("colours", COLOURS)
def test_of_every_form(portal, page, colours):
    """The forms are made of the same controls: each is looked at where it comes first."""
    test_accounts.sign_in(portal, page, "district")
    page.emulate_media(forced_colors=colours)
    seen = {}
    for desk in kinds.desks():
        if page.goto(f"{portal}/desk/{desk.name}/new/").ok:
            seen |= {one.control: (desk.name, one) for one in looked_at(page, seen)}
    assert len(seen) > 10
    assert [found for found in seen.values() if not found[1].visible] == []


@pytest.mark.parametrize("hidden", ["outline: none !important; box-shadow: none !important",
    "outline: 1px dotted #ddd !important; box-shadow: none !important"])  # fmt: skip
def test_a_focus_that_nobody_sees_is_found(portal, page, hidden):
    page.goto(portal + "/nowhere/")
    page.evaluate(
        "(rule) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule);"
        " document.adoptedStyleSheets = [sheet]; }",
        f"a:focus-visible:focus-visible {{ {hidden} }}",
    )
    assert len(unseen(page)) > 1


def test_contrast_is_that_of_wcag():
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
