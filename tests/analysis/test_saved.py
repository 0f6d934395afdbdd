"""Saved views are a person's own: nobody else sees, renames or deletes them; a table saved twice is one."""

import pytest
from django.test import Client

from suzhou_portal.analysis import saved
from suzhou_portal.analysis.models import SavedView
from suzhou_portal.audit.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.areas import DISTRICT, AreaFactory

pytestmark = pytest.mark.django_db
QUERY = "figure=organizations&level=self&period=2022-Q4&count=2&rows=period"
SAVE = f"/analysis/saved/?{QUERY}"


@pytest.fixture(autouse=True)
def district(db):
    AreaFactory(code=DISTRICT)


def browser(user=None):
    found = Client()
    found.force_login(user or UserFactory())
    return found


@pytest.fixture
def mine():
    return browser()


def test_is_added_opened_renamed_and_deleted(mine):
    response = mine.post(SAVE, {"name": "季度组织数"}, follow=True)
    [view] = SavedView.objects.all()
    assert response.redirect_chain == [(view.get_absolute_url(), 302)]
    assert response.context["table"].asked.rows.key == "period"
    assert [p.label for p in response.context["table"].asked.periods] == [
        "2022年第三季度",
        "2022年第四季度",
    ]
    assert "季度组织数" in response.text
    mine.post(f"/analysis/saved/{view.pk}/", {"name": "组织数"})
    view.refresh_from_db()
    assert view.name == "组织数"
    mine.post(f"/analysis/saved/{view.pk}/", {"delete": "1", "name": "组织数"})
    assert not SavedView.objects.exists()
    actions = AuditEntry.objects.filter(model=SavedView._meta.label_lower).order_by("pk")
    assert [one.action for one in actions] == ["create", "change", "delete"]


def test_the_same_name_takes_the_others_place(mine):
    for query in (QUERY, QUERY.replace("organizations", "volunteer_teams")):
        mine.post(f"/analysis/saved/?{query}", {"name": "一"})
    [view] = SavedView.objects.all()
    assert "volunteer_teams" in view.query


def test_nobody_has_anothers(mine, client):
    mine.post(SAVE, {"name": "我的"})
    [view] = SavedView.objects.all()
    other = browser()
    for sent in ({"name": "别人的"}, {"delete": "1"}):
        assert other.post(f"/analysis/saved/{view.pk}/", sent).status_code == 404
        away = client.post(f"/analysis/saved/{view.pk}/", sent)
        assert (away.status_code, away.url.split("?")[0]) == (302, "/account/sign-in/")
    assert client.post(SAVE, {"name": "访客"}).status_code == 302
    assert [one.name for one in SavedView.objects.all()] == ["我的"]
    assert "我的" in mine.get("/analysis/").text
    for stranger in (other, client):
        assert ">我的</a>" not in stranger.get("/analysis/").text


@pytest.mark.parametrize(
    ("path", "name", "reason"),
    [
        (SAVE, "", "名称"),
        (SAVE, "长" * 41, "名称"),
        (SAVE.replace("organizations", "nothing"), "一", "没有这个指标"),
    ],
)
def test_what_cannot_be_saved_is_refused(mine, path, name, reason):
    response = mine.post(path, {"name": name})
    assert response.status_code == 400
    assert reason in response.text
    assert not SavedView.objects.exists()


def test_a_name_that_is_taken_is_refused(mine):
    for name in ("一", "二"):
        mine.post(SAVE, {"name": name})
    second = SavedView.objects.get(name="二")
    response = mine.post(f"/analysis/saved/{second.pk}/", {"name": "一"})
    assert response.status_code == 400
    assert "同名" in response.text


def test_no_more_than_so_many(mine, monkeypatch):
    monkeypatch.setattr(saved, "MOST", 1)
    mine.post(SAVE, {"name": "一"})
    assert mine.post(SAVE, {"name": "二"}).status_code == 400
    assert mine.post(SAVE.replace("count=2", "count=3"), {"name": "一"}).status_code == 302
