"""Every desk: its pages open to those who work there, cost the same for any length, and stay shut."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from suzhou_portal.accounts.roles import LEVELS, PERMISSIONS, Role
from suzhou_portal.areas.codes import Level
from suzhou_portal.records.kinds import kinds
from tests.cases import case
from tests.factories import every_factory
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db

DESKS = kinds.desks()
FACTORIES = {factory._meta.model: factory for factory in every_factory()}
BELOW = [
    desk
    for desk in DESKS
    if desk.parent and kinds.desk_of(desk.model._meta.get_field(desk.parent).related_model)
]
each = pytest.mark.parametrize("desk", DESKS, ids=lambda desk: desk.name)
each_public = pytest.mark.parametrize("desk", kinds.public(), ids=lambda desk: desk.name)
PLACES = {Level.COMMUNITY: COMMUNITY, Level.STREET: STREET, Level.DISTRICT: DISTRICT}


def made(desk, number=1):
    """A record of the desk, in a place of its own."""
    factory = FACTORIES[desk.model]
    if getattr(factory, "_in_districts", False):
        return factory(area=AreaFactory(code=DISTRICT if number == 1 else f"6209{number + 10}"))
    grid = "001" if getattr(factory, "_in_grids", False) else ""
    return factory(area=AreaFactory(code=f"{STREET}{number:03d}{grid}"))


def worker(desk, action="view"):
    """Somebody who may do that at the desk, in all of the district where the role allows it."""
    able = [
        role
        for role in (Role.DISTRICT, Role.HR, Role.STREET, Role.COMMUNITY)
        if desk.permission(action) in PERMISSIONS[role]
    ]
    assert able, f"nobody may {action} at {desk.name}"
    level = LEVELS[able[0]][0]
    return Somebody(able[0], PLACES[level])


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@each
def test_its_pages_open(desk):
    record = made(desk)
    somebody = worker(desk)
    assert f"/desk/{desk.name}/{record.pk}/" in somebody.sees(f"/desk/{desk.name}/")
    assert str(record) in somebody.sees(f"/desk/{desk.name}/{record.pk}/")
    if somebody.user.has_perm(desk.permission("add")):
        # What stands below a record is entered from there, or its form asks which.
        alone = somebody.client.get(f"/desk/{desk.name}/new/")
        assert alone.status_code == (404 if desk.parent and not desk.entry else 200)


# Rows without a text of their own: what nobody has settled yet.
UNNAMED = {"incubation-tracks", "secretary-criteria"}


@each
def test_a_record_is_found_by_what_its_row_shows(desk):
    """By the text of one of its cells at least, or a word of it, besides that of where it stands."""
    record, somebody = made(desk), worker(desk)
    path = f"/desk/{desk.name}/"
    assert 'name="q"' in somebody.sees(path)
    [cells] = [
        [text for _, text in line.cells]
        for line, _ in somebody.client.get(path).context["lines"]
        if line.record.pk == record.pk
    ]
    if desk.staged:
        cells.append(record.get_state_display())
    found = {
        text: record in somebody.client.get(path, {"q": text[:50]}).context["object_list"]
        for text in {*cells, *re.split("[（满]", cells[0])}
        if text not in ("", "—", record.area.name)
    }
    assert any(found.values()) != (desk.name in UNNAMED), found
    assert not somebody.client.get(path, {"q": "没有这样的记录"}).context["object_list"]


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.HR, Role.STREET, Role.COMMUNITY])
def test_the_start_leads_to_every_desk_that_is_ones_own(role):
    shown = Somebody(role, PLACES[LEVELS[role][0]]).sees("/desk/")
    for desk in DESKS:
        if not desk.parent:
            allowed = desk.permission("view") in PERMISSIONS[role]
            assert (f'href="/desk/{desk.name}/"' in shown) == allowed, desk.name


@pytest.mark.parametrize("desk", BELOW, ids=lambda desk: desk.name)
def test_a_record_lists_what_stands_below_it_and_nothing_else(desk):
    ours, theirs = made(desk, 1), made(desk, 2)
    parent, other = getattr(ours, desk.parent), getattr(theirs, desk.parent)
    if parent is None:
        pytest.skip("what the factory makes stands below nothing")
    assert parent != other
    above = kinds.desk_of(type(parent))
    page = worker(above).sees(f"/desk/{above.name}/{parent.pk}/")
    assert f"/desk/{desk.name}/{ours.pk}/" in page
    assert f"/desk/{desk.name}/{theirs.pk}/" not in page


@each
def test_a_list_costs_the_same_for_any_length(desk):
    somebody = worker(desk)
    path = f"/desk/{desk.name}/"
    made(desk, 1)
    somebody.client.get(path)
    with_one = queries(somebody.client, path)
    for number in (2, 3):
        made(desk, number)
    assert queries(somebody.client, path) == with_one


@each
def test_its_filters_answer_whatever_they_are_asked(desk):
    made(desk)
    somebody = worker(desk)
    for query in ("q=%00", "q=" + "长" * 9000, "state=x", "area=x", "page=0", "page=99999999"):
        response = somebody.client.get(f"/desk/{desk.name}/?{query}")
        assert response.status_code in (200, 400, 404), query
    if desk.search:
        assert somebody.client.get(f"/desk/{desk.name}/?q=社区").status_code == 200


@each
def test_it_stays_shut_to_strangers(desk, client):
    record = made(desk)
    auditor = Somebody("auditor", DISTRICT).client
    outsider = somebody_elsewhere(desk) if record.area_id.startswith(STREET) else None
    for page in ("", "new/", f"{record.pk}/", f"{record.pk}/edit/"):
        with case(page):
            path = f"/desk/{desk.name}/{page}"
            assert client.get(path).url.startswith("/account/sign-in/")
            assert auditor.get(path).status_code == 403
            if str(record.pk) in page and outsider:
                assert outsider.get(path).status_code == 404
    assert_no_step_is_offered(desk, record, auditor)


def somebody_elsewhere(desk):
    """A browser of somebody who works at such a desk, but in another place; None where nobody does."""
    elsewhere = {Role.COMMUNITY: f"{STREET}099", Role.STREET: "620902001"}
    able = [role for role in elsewhere if desk.permission("view") in PERMISSIONS[role]]
    return Somebody(able[0], elsewhere[able[0]]).client if able else None


def assert_no_step_is_offered(desk, record, auditor):
    """Neither one that is none, to who works there, nor any to who does not."""
    insider = worker(desk).client
    for verb in ("nonsense", "edit2"):
        assert insider.post(f"/desk/{desk.name}/{record.pk}/{verb}/").status_code == 404
    for move in desk.model.lifecycle.moves if desk.staged else ():
        path = f"/desk/{desk.name}/{record.pk}/{move.verb}/"
        assert auditor.post(path).status_code == 403, move.verb


@each_public
def test_what_is_public_opens_to_anybody(desk, reference, client):
    assert client.get(f"/open/{desk.name}/").status_code == 200
    made(desk)
    assert client.get(f"/open/{desk.name}/?area={STREET}").status_code in (200, 400)
    for query in ("area=abc", "page=0", "page=10000000000", "area=620903"):
        assert client.get(f"/open/{desk.name}/?{query}").status_code in (400, 404)
    assert client.get(f"/open/{desk.name}/99999999/").status_code == 404
    assert client.post(f"/open/{desk.name}/").status_code == 405


def test_what_is_not_public_is_not_there(reference, client):
    for desk in DESKS:
        if desk.public is None:
            assert client.get(f"/open/{desk.name}/").status_code == 404


def test_no_public_column_is_personal():
    for desk in kinds.public():
        personal = set(getattr(desk.model, "masked", {})) | set(getattr(desk.model, "withheld", ()))
        shown = {column.path for column in (*desk.public.columns, *desk.public.facts)}
        assert not shown & personal, desk.name
