"""What each role works with, in each state that there is: nothing for axe to find, and it fits a phone."""

import re

import pytest

from suzhou_portal.accounts.roles import Role
from suzhou_portal.records.kinds import kinds
from tests.browser.test_accounts import sign_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
ROLES = [role.value.replace("_", "-") for role in Role]
_FIRST = re.compile(r'<tbody[^>]*>\s*<tr[^>]*>\s*<th[^>]*>\s*<a href="([^"]+)"')


def places(portal, page):
    """The addresses of the role's desks: of each the list, a new record's form, and a record in each state."""
    yield from ("/desk/", "/notices/")
    for desk in kinds.desks():
        start = f"/desk/{desk.name}/"
        if not page.request.get(portal + start).ok:
            continue
        yield start
        if page.request.get(f"{portal}{start}new/").ok:
            yield f"{start}new/"
        lifecycle = getattr(desk.model, "lifecycle", None)
        for state in lifecycle.states.values if lifecycle else [""]:
            found = page.request.get(f"{portal}{start}?state={state}" if state else portal + start)
            if record := _FIRST.search(found.text()):
                yield record[1]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_in_every_state(portal, page, role):
    sign_in(portal, page, role)
    seen, wrong = 0, {}
    for path in places(portal, page):
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(portal + path)
        faults = [] if answer.ok else [answer.status]
        faults += page.complaints
        faults += violations(page)
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth") > 390:
            faults.append("wider than a phone")
        page.complaints.clear()  # axe tries inline styles itself
        seen += 1
        if faults:
            wrong[path] = faults
    assert seen > 2 or role == "auditor"  # who reads the trail alone
    assert wrong == {}
