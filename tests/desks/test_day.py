"""我的工作: what is to be done by its day, several at once, what one entered, and the way to everything else."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import PerformanceReview
from organizations.models import SocialOrganization
from suzhou_portal.areas.models import Area
from suzhou_portal.caching import followed
from suzhou_portal.desks import waiting as asked_for
from suzhou_portal.figures.dates import site_date
from suzhou_portal.lifecycle.allowed import hindrances, offered
from suzhou_portal.lifecycle.models import Staged
from suzhou_portal.records.gathering import gathered, named
from suzhou_portal.records.kinds import kinds
from tests.cases import case
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.communities import GridEventFactory
from tests.factories.consultation import MediationCaseFactory
from tests.factories.pay import PerformanceReviewFactory
from tests.journeys import Somebody
from volunteers.models import VolunteerTeam

STATEMENTS = 15
OFFICES = {"community": COMMUNITY, "street": STREET, "district": DISTRICT}
HERE = "620902004004"  # a community of the demonstration
PLACES = {
    "grid_worker": f"{HERE}001",
    "community": HERE,
    "street": HERE[:9],
    "district": DISTRICT,
    "hr": DISTRICT,
}


def staff():
    """One of each office, and of those who see only what is theirs."""
    yield from (Somebody(role, code) for role, code in PLACES.items())
    held = {"organization": SocialOrganization.objects.order_by("pk").first()}
    yield from (Somebody(role, DISTRICT, held) for role in ("organization", "evaluator"))
    yield Somebody("team", DISTRICT, {"team": VolunteerTeam.objects.order_by("pk").first()})


def statements(browser, path):
    """What a page asks the database."""
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    marks = ("BEGIN", "COMMIT")  # around the session that is saved
    return [one["sql"][:120] for one in captured if one["sql"] not in marks]


def rows(page):
    """What each row says of its day, and its heading."""
    found = re.findall(
        r'<p class="task-due">(?:<span[^>]*>([^<]*)</span>)?</p>\s*<div>\s*<a href="[^"]*">([^<]*)<',
        page,
    )
    return [(due, name) for due, name in found]


@pytest.mark.django_db
def test_what_is_due_first_comes_first_and_what_has_no_day_last():
    clerk, here, today = (
        Somebody("community", COMMUNITY),
        AreaFactory(code=COMMUNITY),
        timezone.localdate(),
    )
    sunday = today + datetime.timedelta(days=6 - today.weekday())
    days = {
        "以后": sunday + datetime.timedelta(days=1),
        "今天": today,
        "超期3天": today - datetime.timedelta(days=3),
    }
    if sunday > today:
        days["本周"] = sunday
    for said, due in days.items():
        GridEventFactory(
            area=here,
            title=f"事件{said}",
            due_on=due,
            reported_on=today - datetime.timedelta(days=9),
        )
    PerformanceReviewFactory(area=AreaFactory(code=STREET))
    expected = [one for one in ("超期3天", "今天", "本周", "以后") if one in days]
    assert rows(clerk.sees("/desk/")) == [(one, f"事件{one}") for one in expected]


@pytest.mark.django_db
def test_what_somebody_nearer_does_first_stands_apart():
    street, here = Somebody("street", STREET), AreaFactory(code=COMMUNITY)
    today = timezone.localdate()
    GridEventFactory(area=here, title="社区先派的事", due_on=today, reported_on=today)
    review = PerformanceReviewFactory(area=here)
    own = street.sees("/desk/")
    assert str(review) in own
    assert "社区先派的事" not in own
    assert "社区先派的事" in street.sees("/desk/?whose=inner")


@pytest.mark.django_db
def test_reviews_are_confirmed_at_once_and_what_failed_is_said():
    street, here = Somebody("street", STREET), AreaFactory(code=COMMUNITY)
    reviews = [PerformanceReviewFactory(area=here) for _ in range(29)]
    path = "/desk/reviews/together/confirm/"
    assert f'href="{path}"' in street.sees("/desk/")
    page = street.client.get(path)
    sent = re.findall(r'name="record" value="([^"]*)"', page.text)
    assert len(sent) == 29
    # One is written meanwhile, another is confirmed by somebody else.
    reviews[3].save()
    another = Somebody("street", STREET)
    another.has_taken(reviews[5], "confirm")
    token = str(page.context["csrf_token"])
    form = {"record": sent, "taken_on": timezone.localdate(), "csrfmiddlewaretoken": token}
    answer = street.client.post(path, form)
    assert PerformanceReview.objects.filter(state="confirmed").count() == 28
    assert "打开页面以后别人改过" in answer.text
    assert "27条" in answer.text
    reviews[3].refresh_from_db()
    assert reviews[3].state != "confirmed"
    # Nothing was chosen, a day that cannot be, and a step that asks for something.
    assert "请至少勾选一条" in street.client.post(path, {"taken_on": timezone.localdate()}).text
    [left] = re.findall(r'name="record" value="([^"]*)"', street.sees(path))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert (
        "办理日期不能晚于今天"
        in street.client.post(path, {"record": left, "taken_on": tomorrow}).text
    )
    assert street.client.get("/desk/grid-events/together/assign/").status_code == 404


@pytest.mark.django_db
def test_nobody_confirms_together_what_they_may_not_alone():
    here = AreaFactory(code=COMMUNITY)
    PerformanceReviewFactory(area=here)
    assert (
        Somebody("community", COMMUNITY).client.get("/desk/reviews/together/confirm/").status_code
        == 403
    )
    elsewhere = Somebody("street", "620902001")
    review = PerformanceReview.objects.get()
    sent = {
        "record": f"{review.pk}:{review.updated_at.isoformat()}",
        "taken_on": timezone.localdate(),
    }
    assert "看不到" in elsewhere.client.post("/desk/reviews/together/confirm/", sent).text
    review.refresh_from_db()
    assert review.state == "entered"


@pytest.mark.django_db
def test_the_start_after_signing_in_is_ones_work(client):
    user = UserFactory()
    answer = client.post("/account/sign-in/", {"username": user.username, "password": PASSWORD})
    assert answer.headers["Location"] == "/desk/"


@pytest.mark.django_db
def test_what_was_entered_is_at_hand_and_typing_leads_to_its_form():
    clerk, here = Somebody("community", COMMUNITY), AreaFactory(code=COMMUNITY)
    event = clerk.has_entered(
        "grid-events",
        area=here,
        kind="safety",
        title="楼道堆物",
        place="一单元",
        description="须清理",
    )
    page = clerk.sees("/desk/").split("最近录入")[1]
    assert f"/desk/grid-events/{event.pk}/" in page
    assert "最近用过的" in page
    assert clerk.client.get("/desk/?enter=网格事件").headers["Location"] == "/desk/grid-events/new/"
    assert "/desk/mediation-cases/new/" in clerk.sees("/desk/?enter=调解")
    found = clerk.sees("/desk/?find=调解").split("全部工作")[1]
    assert 'href="/desk/mediation-cases/"' in found
    assert 'href="/desk/co-building/"' not in found


@pytest.mark.django_db
def test_pages_say_who_is_signed_in_and_lead_out_and_the_admin_back():
    clerk = Somebody("community", COMMUNITY)
    for path in ("/", "/desk/", "/services/"):
        page = clerk.sees(path)
        assert clerk.user.name in page
        assert f"{Area.objects.get(pk=COMMUNITY)}（社区）" in page
        assert 'action="/account/sign-out/"' in page
    assert 'href="/desk/"' in clerk.sees("/admin/")
    assert clerk.client.get("/desk/?whose=nobody").status_code == 404
    assert clerk.client.get("/desk/?page=2").status_code == 404


def test_it_takes_few_statements_however_much_waits(committed):
    here = AreaFactory(code=COMMUNITY)
    browsers = [Somebody(role, code).client for role, code in OFFICES.items()]
    counts = []
    for _ in range(2):
        for _ in range(3):
            PerformanceReviewFactory(area=here)
            GridEventFactory(area=here)
            MediationCaseFactory(area=here)
        for browser in browsers:
            browser.get("/desk/")  # what is remembered until somebody writes
        counts.append([statements(browser, "/desk/") for browser in browsers])
    assert [*map(len, counts[0])] == [*map(len, counts[1])]
    for found in counts[1]:
        assert len(found) <= STATEMENTS, "\n".join(found)


def test_nothing_but_divisions_is_read_while_the_question_is_made(demonstration):
    """So it is made anew only where one of these was written."""
    followed.forget()
    for somebody in staff():
        user, day = somebody.user, site_date()
        assert user.current_assignments
        with CaptureQueriesContext(connection) as captured:
            for kind in kinds:
                for todo in asked_for.offered(user, kind):
                    str(asked_for._rows(0, kind, todo, user, day).query)
        assert {re.search(r'FROM "(\w+)"', one["sql"])[1] for one in captured} <= {"areas_area"}


def test_what_is_gathered_is_what_the_models_read(demonstration):
    wanted = [kind.model._base_manager.order_by("pk")[:3] for kind in kinds]
    parts = gathered(
        [
            part.model._base_manager.filter(pk__in=[*part.values_list("pk", flat=True)])
            for part in wanted
        ]
    )
    named(one for part in parts for one in part)
    for read, part in zip(wanted, parts, strict=True):
        by_key = {one.pk: one for one in part}
        for record in read:
            with case(record._meta.label, record.pk):
                got = by_key[record.pk]
                assert {name: getattr(got, name) for name in _fields(got)} == {
                    name: getattr(record, name) for name in _fields(got)
                }
                with CaptureQueriesContext(connection) as captured:
                    said = str(got)
                assert not captured.captured_queries
                assert said == str(record)


def _fields(record):
    deferred = record.get_deferred_fields()
    return [f.attname for f in record._meta.concrete_fields if f.attname not in deferred]


def test_steps_offered_in_a_list_are_those_of_the_records_page(demonstration):
    for somebody in staff():
        user = somebody.user
        for kind in kinds:
            if not issubclass(kind.model, Staged):
                continue
            for record in kind.model._default_manager.visible_to(user).order_by("-pk")[:6]:
                for action in {move.action for move in record.lifecycle.moves}:
                    if not user.has_perm(kind.permission(action), record):
                        continue
                    with case(somebody.role, kind.model._meta.label, record.pk, action):
                        [given] = offered(user, [(record, action)]).values()
                        alone = [
                            m
                            for m, why in hindrances(user, record)
                            if why == "" and m.action == action
                        ]
                        assert given == alone
