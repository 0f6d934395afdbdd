"""What is typed on pages that are no desk's survives an ended session too: acts about divisions, two records
that may be one, answers, names, the admin.
"""

import uuid

import pytest
from django.core import signing
from django.urls import reverse

from suzhou_portal.analysis.models import SavedView
from suzhou_portal.areas.models import Area
from suzhou_portal.desks.models import Draft, DraftFile
from suzhou_portal.lifecycle.amendments import open_amendment
from tests.factories.areas import COMMUNITY, DISTRICT, GRID, AreaFactory
from tests.factories.communities import GridEventFactory, PersonFactory
from tests.factories.governing import SmartPilotFactory
from tests.files.pictures import photo
from tests.journeys import Somebody

pytestmark = pytest.mark.django_db


def sent_too_late(who, path, at=None, word="word", **typed):
    """Fill in a form that is on the page, and send it when the session is over; returns the page on which it
    is found after signing in again.
    """
    context = who.client.get(path).context
    carried = word(context) if callable(word) else context[word]
    who.client.session.flush()
    answer = who.client.post(at or path, typed | {"draft": carried})
    assert answer.status_code == 302
    who.client.force_login(who.user)
    shown = who.client.get(answer.url)
    assert shown.status_code == 200
    return shown


@pytest.fixture
def chief():
    """Somebody of the district."""
    AreaFactory(code=GRID)
    return Somebody("district", DISTRICT)


@pytest.fixture
def clerk():
    """Somebody of the community."""
    return Somebody("community", COMMUNITY)


def unfinished(who):
    return "没有填完的表单" in who.sees("/desk/")


def test_an_act_about_divisions_goes_on_after_signing_in_again(chief):
    path = "/divisions/change/?kind=founded"
    typed = {"code": f"{COMMUNITY[:9]}099", "name": "新城社区", "document": "肃政发〔2023〕9号"}
    shown = sent_too_late(chief, path, **typed)
    assert {name: shown.context["form"][name].value() for name in typed} == typed
    # Its second page carries the same draft on: what was only looked at is not done with.
    sent = typed | {"effective_on": "2023-04-01", "draft": shown.context["word"]}
    checked = chief.client.post(path, sent)
    assert "将要变更" in checked.text
    assert unfinished(chief)
    chief.client.post(path, sent | {"draft": checked.context["word"], "confirmed": "1"})
    assert Area.objects.filter(name="新城社区").exists()
    assert not unfinished(chief)


def test_what_was_chosen_of_two_that_may_be_one(clerk):
    area = AreaFactory(code=COMMUNITY)
    one, other = (
        PersonFactory(area=area, name="张三", phone=phone) for phone in ("", "13800001111")
    )
    path = reverse("twin_pair", args=["person", one.pk, other.pk])
    form = clerk.client.get(path).context["form"]
    stays = next(str(each.pk) for each in (one, other) if str(each.pk) != form["stays"].value())
    shown = sent_too_late(clerk, path, stays=stays, version=form["version"].value())
    assert shown.context["form"]["stays"].value() == stays
    word = shown.context["word"]
    clerk.client.post(path, {"apart": "1", "draft": word})
    assert not unfinished(clerk)


def test_the_answer_to_a_change_that_was_asked_for(chief, clerk):
    pilot = SmartPilotFactory(state="approved", approved_on="2022-06-02")
    clerk.takes(pilot, "amend", content="门禁和消防", note="增加")
    page = f"/desk/smart-pilots/{pilot.pk}/"
    shown = sent_too_late(chief, page, f"{page}amendment/", answer="超出预算")
    assert shown.context["answer"]["answer"].value() == "超出预算"
    # What is refused comes back as it was typed
    long = {"answer": "超" * 501, "draft": shown.context["word"]}
    back = chief.client.post(f"{page}amendment/", long, follow=True)
    assert "501" in back.text
    assert back.context["answer"]["answer"].value() == "超" * 501
    assert open_amendment(pilot)
    chief.client.post(f"{page}amendment/", {"answer": "超出预算", "draft": back.context["word"]})
    assert not open_amendment(pilot)
    assert not unfinished(chief)


def test_names_of_saved_analyses(clerk):
    clerk.client.post("/analysis/saved/", {"name": "证书"})
    clerk.client.post("/analysis/saved/", {"name": "队伍"})
    one = SavedView.objects.get(name="证书")
    renames = {"view": one.pk, "name": "持证情况"}
    at = f"/analysis/saved/{one.pk}/"

    def word(context):
        return next(each.word for each in context["saved"] if each.view == one)

    shown = sent_too_late(clerk, "/analysis/", at, word, **renames)
    names = {each.view.name: each.name for each in shown.context["saved"]}
    assert names == {"证书": "持证情况", "队伍": "队伍"}
    assert shown.context["new"].name == ""
    clerk.client.post(at, renames | {"draft": word(shown.context)})
    assert not unfinished(clerk)
    shown = sent_too_late(
        clerk, "/analysis/", "/analysis/saved/", lambda c: c["new"].word, name="新表"
    )
    assert shown.context["new"].name == "新表"


def test_where_mail_goes(clerk):
    shown = sent_too_late(clerk, "/account/mail/", address="someone@example")
    assert shown.context["form"]["address"].value() == "someone@example"
    # A mistake is judged only when it is sent
    assert not shown.context["form"].errors
    sent = {"address": "someone@example.cn", "draft": shown.context["word"]}
    assert clerk.client.post("/account/mail/", sent).status_code == 302
    assert not unfinished(clerk)


def test_what_the_admin_asks_with_the_rows_below(chief):
    chief = Somebody("administrator", DISTRICT)
    path = "/admin/accounts/user/add/"
    rows = {
        "assignments-TOTAL_FORMS": 3,
        "assignments-INITIAL_FORMS": 0,
        "assignments-2-valid_from": "2023-05-01",
    }
    typed = {"username": "xinren", "name": "新人"} | rows
    shown = sent_too_late(chief, path, **typed)
    form = shown.context["adminform"].form
    assert (form["username"].value(), form["name"].value()) == ("xinren", "新人")
    [assignments] = shown.context["inline_admin_formsets"]
    lines = [one["valid_from"].value() for one in assignments.formset.extra_forms]
    assert [str(one) for one in lines][2:] == ["2023-05-01"]
    assert "增加 账号" in chief.sees("/desk/")
    # An account that is made shows its password with no page of its own, and is a draft no more
    held = {"role": "administrator", "area": DISTRICT, "valid_from": "2023-05-01"}
    line = {f"assignments-0-{name}": value for name, value in held.items()}
    sent = typed | line | {"assignments-TOTAL_FORMS": 1, "draft": shown.context["word"]}
    made = chief.client.post(path, sent)
    assert "一次性密码" in made.text
    assert not unfinished(chief)


def test_what_the_admin_changes_stands_where_its_record_does(chief):
    event = GridEventFactory(area=AreaFactory(code=GRID), title="路灯不亮")
    path = f"/admin/communities/gridevent/{event.pk}/change/"
    form = chief.client.get(path).context["adminform"].form
    typed = {name: form[name].value() or "" for name in form.fields} | {"title": "路灯全灭"}
    shown = sent_too_late(chief, path, **typed)
    assert shown.context["adminform"].form["title"].value() == "路灯全灭"
    event.refresh_from_db()
    assert event.title == "路灯不亮"
    chief.client.post(path, typed | {"draft": shown.context["word"]})
    event.refresh_from_db()
    assert event.title == "路灯全灭"
    assert not unfinished(chief)


def test_why_something_hidden_is_looked_at(chief):
    person = PersonFactory(area=AreaFactory(code=COMMUNITY), phone="13900005678")
    path = reverse("admin:communities_person_reveal", args=[person.pk, "phone"])
    shown = sent_too_late(chief, path, reason="通知体检")
    assert shown.context["form"]["reason"].value() == "通知体检"
    seen = chief.client.post(path, {"reason": "通知体检", "draft": shown.context["word"]})
    assert "13900005678" in seen.text
    assert not unfinished(chief)
    assert "13900005678" not in str(Draft.objects.values_list("data"))


def test_a_file_that_no_draft_gives_back_is_left_to_the_form_it_was_sent_with(chief, kept_in):
    """Only a view that takes the files of its draft has them kept there."""
    path = "/admin/communities/gridevent/add/"
    word = chief.client.get(path).context["word"]
    chief.client.post(path, {"draft": word, "title": "路灯", "uploads": photo(), "keep": "1"})
    assert Draft.objects.get().data["title"] == ["路灯"]
    assert not DraftFile.objects.exists()


def test_a_word_that_was_signed_before_files_were_spoken_of_is_still_ours(clerk):
    AreaFactory(code=GRID)
    before = signing.dumps(
        [clerk.user.pk, str(uuid.uuid4()), "/account/mail/", "通知邮箱"],
        salt="suzhou_portal.desks.drafts", compress=True,
    )  # fmt: skip
    sent = {"draft": before, "address": "a@example.cn", "keep": "script"}
    assert clerk.client.post("/account/mail/", sent).status_code == 204
    assert Draft.objects.get().data["address"] == ["a@example.cn"]
