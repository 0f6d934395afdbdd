"""One form shown and sent makes one record, however often it arrives and whoever else sends what."""

import datetime

import pytest
from django.utils import timezone

from communities.models import GridEvent, Person
from suzhou_portal.accounts.models import Submission
from suzhou_portal.accounts.roles import Role
from tests.accounts.world import clerk_of, signed_in
from tests.admin.test_forms import fields
from tests.committed import both
from tests.factories.areas import COMMUNITY, GRID, AreaFactory

NEW = "/desk/grid-events/new/"
TIMES = 6


@pytest.fixture
def clerk_at_work(db):
    """Whoever enters grid events."""
    AreaFactory(code=GRID)
    return clerk_of(COMMUNITY)


def shown(browser, **values):
    """What a browser would send of the form as it is shown now."""
    page = browser.get(NEW)
    due = timezone.localdate() + datetime.timedelta(days=3)
    filled = {
        "area": GRID, "kind": page.context["form"].fields["kind"].choices[1][0],
        "title": "路灯不亮", "place": "三号楼", "description": "晚上看不清路",
        "due_on": due.isoformat(),
    }  # fmt: skip
    return filled | {"csrfmiddlewaretoken": str(page.context["csrf_token"])} | values


def test_sent_again_it_leads_to_the_record_made(clerk_at_work):
    browser = signed_in(clerk_at_work)
    sent = shown(browser)
    answers = [browser.post(NEW, sent) for _ in range(TIMES)]
    event = GridEvent.objects.get()
    assert {one.headers["Location"] for one in answers} == {f"/desk/grid-events/{event.pk}/"}
    assert "这份表单刚才已经提交过，没有重复办理。" in browser.get(answers[-1].url).text


def test_a_window_of_the_admin_adds_once(clerk_client):
    path = "/admin/communities/person/add/?_popup=1"
    AreaFactory(code=COMMUNITY)
    page = clerk_client.get(path)
    token = {"csrfmiddlewaretoken": str(page.context["csrf_token"]), "_popup": "1"}
    sent = fields(page) | token | {"area": COMMUNITY, "name": "张三", "phone": "13800001234"}
    first, second = (clerk_client.post(path, sent) for _ in range(2))
    assert first.status_code == 200
    assert "admin/popup_response.html" in first.template_name
    assert second.headers["Location"] == path
    assert Person.objects.count() == 1


def test_what_differs_or_comes_from_another_page_is_another(clerk_at_work):
    browser = signed_in(clerk_at_work)
    sent = shown(browser)
    browser.post(NEW, sent)
    browser.post(NEW, sent | {"title": "井盖松动"})
    browser.post(NEW, shown(browser))
    assert GridEvent.objects.count() == 3


def test_a_form_with_a_mistake_is_sent_again_when_it_is_right(clerk_at_work):
    browser = signed_in(clerk_at_work)
    sent = shown(browser)
    for _ in range(2):
        assert browser.post(NEW, sent | {"title": ""}).status_code == 200
    assert not Submission.objects.exists()
    assert browser.post(NEW, sent).status_code == 302


def test_another_person_is_led_nowhere_by_it(clerk_at_work):
    sent = shown(signed_in(clerk_at_work))
    signed_in(clerk_at_work).post(NEW, sent)
    signed_in(clerk_of(COMMUNITY)).post(NEW, sent)
    assert GridEvent.objects.count() == 2


def test_it_is_remembered_for_a_day(clerk_at_work):
    browser = signed_in(clerk_at_work)
    browser.post(NEW, shown(browser))
    Submission.objects.update(at=timezone.now() - datetime.timedelta(days=2))
    browser.post(NEW, shown(browser))
    assert Submission.objects.count() == 1


def test_at_once_there_is_one_record(committed):
    grid = AreaFactory(code=GRID)
    user = clerk_of(COMMUNITY, role=Role.COMMUNITY)
    browsers = [signed_in(user) for _ in range(TIMES)]
    sent = shown(browsers[0])
    acts = [lambda one=one: one.post(NEW, sent).headers["Location"] for one in browsers]
    answers = both(grid, *acts)
    assert set(answers) == {f"/desk/grid-events/{GridEvent.objects.get().pk}/"}
