"""What is typed into a form survives: an ended session, an error, a closed browser; and nobody else sees it."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from communities.models import GridEvent
from suzhou_portal import nightly
from suzhou_portal.accounts.roles import Role
from suzhou_portal.desks.models import Draft, DraftFile
from suzhou_portal.files.models import Attachment
from tests.factories.areas import COMMUNITY, GRID, AreaFactory
from tests.files.pictures import photo
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db(databases=["default", "owner"])
NEW = "/desk/grid-events/new/"


@pytest.fixture
def clerk():
    AreaFactory(code=GRID)
    return Somebody(Role.COMMUNITY, COMMUNITY)


def typed(browser, path=NEW, **values):
    """What a browser sends of the form as it is shown now."""
    page = browser.get(path)
    due = timezone.localdate() + datetime.timedelta(days=3)
    filled = {
        "area": GRID, "kind": page.context["form"].fields["kind"].choices[1][0],
        "title": "路灯不亮", "place": "三号楼", "description": "晚上看不清路",
        "due_on": due.isoformat(),
    }  # fmt: skip
    return filled | {"draft": page.context["word"]} | values


def signed_out(browser):
    browser.session.flush()
    assert browser.get("/desk/").status_code == 302


def test_an_ended_session_loses_nothing(clerk):
    sent = typed(clerk.client)
    signed_out(clerk.client)
    answer = clerk.client.post(NEW, sent, follow=True)
    assert answer.redirect_chain[-1][0].startswith("/account/sign-in/?next=")
    assert "您刚才填写的内容已经保存" in answer.text
    assert not GridEvent.objects.exists()
    clerk.client.force_login(clerk.user)
    again = clerk.client.get(answer.redirect_chain[0][0])
    assert again.context["form"]["title"].value() == "路灯不亮"
    assert again.context["form"]["due_on"].value() == sent["due_on"]
    kept = {name: again.context["form"][name].value() for name in ("area", "kind")}
    clerk.client.post(NEW, sent | kept | {"draft": again.context["word"]})
    assert GridEvent.objects.get().title == "路灯不亮"
    assert not Draft.objects.open_to(clerk.user).exists()


def test_nobody_else_is_shown_it(clerk):
    sent = typed(clerk.client, phone="13800001234")
    signed_out(clerk.client)
    address = clerk.client.post(NEW, sent).url
    other = Somebody(Role.COMMUNITY, COMMUNITY)
    assert other.client.get(address).status_code == 404
    assert "13800001234" not in other.sees(NEW)
    assert "没有填完的表单" not in other.sees("/desk/")
    key = Draft.objects.get().pk
    other.client.post(f"/desk/drafts/{key}/")
    assert Draft.objects.open_to(clerk.user).count() == 1


def test_a_page_of_another_account_acts_for_neither(clerk):
    sent = typed(clerk.client)
    other = Somebody(Role.COMMUNITY, COMMUNITY)
    answer = other.client.post(NEW, sent, follow=True)
    assert "另一个账号" in answer.text
    assert not GridEvent.objects.exists()
    assert Draft.objects.open_to(clerk.user).get().data["title"] == ["路灯不亮"]
    assert not Draft.objects.open_to(other.user).exists()


def test_a_page_shown_before_signing_in_again_is_kept(clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(clerk.user)
    sent = typed(strict)
    answer = strict.post(NEW, sent | {"csrfmiddlewaretoken": "x" * 64}, follow=True)
    assert answer.context["form"]["title"].value() == "路灯不亮"
    assert not GridEvent.objects.exists()
    without = {name: value for name, value in sent.items() if name != "draft"}
    assert strict.post(NEW, without).status_code == 403


def test_the_button_keeps_a_form_that_would_not_be_saved(clerk):
    sent = typed(clerk.client, due_on="", title="")
    answer = clerk.client.post(NEW, sent | {"keep": "1"}, follow=True)
    assert "已存为草稿" in answer.text
    assert not answer.context["form"].errors
    assert answer.context["form"]["place"].value() == "三号楼"
    draft = Draft.objects.get()
    assert draft.get_absolute_url() in clerk.sees("/desk/")
    assert draft.get_absolute_url() in clerk.sees(NEW)


def test_two_windows_keep_their_own(clerk):
    one, two = typed(clerk.client, title="井盖"), typed(clerk.client, title="积水")
    for sent in (one, two, one | {"title": "井盖松动"}):
        assert clerk.client.post(NEW, sent | {"keep": "script"}).status_code == 204
    assert {draft.data["title"][0] for draft in Draft.objects.all()} == {"井盖松动", "积水"}
    clerk.client.post(NEW, one)
    assert Draft.objects.open_to(clerk.user).get().data["title"] == ["积水"]


def test_what_a_slow_autosave_brings_afterwards_does_not_come_back(clerk):
    sent = typed(clerk.client)
    clerk.client.post(NEW, sent)
    assert clerk.client.post(NEW, sent | {"keep": "script"}).status_code == 204
    assert not Draft.objects.open_to(clerk.user).exists()
    assert GridEvent.objects.count() == 1
    assert Draft.objects.get().data == {}


def test_the_button_on_a_page_gone_back_to_enters_nothing_again(clerk):
    sent = typed(clerk.client)
    clerk.client.post(NEW, sent)
    answer = clerk.client.post(NEW, sent | {"keep": "1"}, follow=True)
    assert "已经提交过，没有再存草稿" in answer.text
    assert GridEvent.objects.count() == 1


def test_the_same_with_files_sent_again_enters_nothing_again(clerk, kept_in):
    sent = typed(clerk.client) | {"csrfmiddlewaretoken": "x" * 64}
    for _ in range(2):
        answer = clerk.client.post(NEW, sent | {"uploads": photo()}, follow=True)
    assert "没有重复办理" in answer.text
    assert GridEvent.objects.count() == Attachment.objects.count() == 1


def test_a_correction_and_a_step_are_kept_too(clerk):
    clerk.client.post(NEW, typed(clerk.client))
    event = GridEvent.objects.get()
    for page, values in {"edit": {"title": "路灯全灭"}, "finish": {"note": "已通知电工"}}.items():
        path = f"/desk/grid-events/{event.pk}/{page}/"
        shown = clerk.client.get(path).context
        sent = {name: shown["form"][name].value() or "" for name in shown["form"].fields}
        sent |= values | {"draft": shown["word"], "keep": "1"}
        again = clerk.client.post(path, sent, follow=True).context["form"]
        assert all(again[name].value() == value for name, value in values.items()), page
    event.refresh_from_db()
    assert event.title == "路灯不亮"


def test_who_saved_meanwhile_is_still_told(clerk):
    clerk.client.post(NEW, typed(clerk.client))
    event = GridEvent.objects.get()
    path = f"/desk/grid-events/{event.pk}/edit/"
    shown = clerk.client.get(path).context
    sent = {name: shown["form"][name].value() or "" for name in shown["form"].fields}
    address = clerk.client.post(path, sent | {"draft": shown["word"], "keep": "1"}).url
    Somebody(Role.COMMUNITY, COMMUNITY).corrects(event, title="改过了")
    again = clerk.client.get(address).context["form"]
    back = {name: again[name].value() or "" for name in again.fields}
    assert "修改了它" in clerk.client.post(path, back).text


def test_files_survive_an_error_of_another_field(clerk, kept_in):
    wrong = SimpleUploadedFile("说明.txt", b"text", "text/plain")
    sent = typed(clerk.client, title="", uploads=[photo(), wrong])
    answer = clerk.client.post(NEW, sent)
    assert "“说明.txt”" in answer.text
    assert "现场.jpg" in answer.text
    sent = sent | {"uploads": [], "draft": answer.context["word"]}
    assert "现场.jpg" in clerk.client.post(NEW, sent).text
    clerk.client.post(NEW, sent | {"title": "路灯不亮"})
    assert Attachment.objects.get().name == "现场.jpg"
    assert not DraftFile.objects.exists()


def test_a_kept_file_can_be_removed(clerk, kept_in):
    answer = clerk.client.post(NEW, typed(clerk.client, title="", uploads=[photo()]))
    file = DraftFile.objects.get()
    sent = typed(clerk.client) | {"draft": answer.context["word"], "remove": str(file.pk)}
    again = clerk.client.post(NEW, sent, follow=True)
    assert "现场.jpg" not in again.text
    assert again.context["form"]["title"].value() == "路灯不亮"


def test_drafts_go_after_their_term(clerk, settings):
    clerk.client.post(NEW, typed(clerk.client) | {"keep": "1"})
    old = timezone.now() - datetime.timedelta(days=settings.DRAFT_DAYS + 1)
    Draft.objects.update(at=old)
    nightly.do_all(timezone.localdate())
    assert not Draft.objects.exists()


@pytest.mark.parametrize("word", ["", "x", "0:1:2"])
def test_a_word_that_is_not_ours_keeps_nothing(clerk, word):
    signed_out(clerk.client)
    assert clerk.client.post(NEW, typed_without(word)).status_code == 302
    assert not Draft.objects.exists()


def typed_without(word):
    return {"title": "路灯不亮", "draft": word}
