"""No answer differs by a value that the asker may not see; where one must, it is traced and few."""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from charity.models import Donor
from communities.models import Person
from suzhou_portal.accounts.hidden import compared, is_hidden
from suzhou_portal.accounts.models import User
from suzhou_portal.accounts.roles import OWNERS, PERMISSIONS, Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.imports.registry import ledgers
from suzhou_portal.records.kinds import kinds
from suzhou_portal.search import LexemeVectorField
from tests.accounts.world import NEIGHBOUR, PHONE, clerk_of, listed, signed_in
from tests.cases import case
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.charity import DonorFactory
from tests.factories.communities import PersonFactory
from tests.factories.service import VolunteerFactory
from tests.factories.volunteering import CadreDayFactory
from tests.imports.files import as_csv, row, sheet
from tests.journeys import Somebody
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
MASKED = [model for model in apps.get_models() if getattr(model, "masked", {})]
LIMIT = settings.LOCKOUT_FAILURES


def looks():
    return [
        (one.actor_id, one.model, one.note) for one in AuditEntry.objects.filter(action="reveal")
    ]


# --- searching -----------------------------------------------------------------------------------


class Nobody:
    """Somebody who may reveal nothing and works with no record, and else may do anything."""

    is_superuser, pk = False, None

    def has_perm(self, perm, obj=None):
        return ".reveal_" not in perm and ".contact_" not in perm

    def roots(self, *_, **__):
        return set()


def test_no_search_leads_to_what_is_hidden(rf):
    assert len(MASKED) > 15
    request = rf.get("/")
    request.user = Nobody()
    for model, kept in admin.site._registry.items():
        with case(model):
            fields = kept.get_search_fields(request)
            assert not [path for path in fields if is_hidden(model, path)]
            _, _ = kept.get_search_results(request, model._default_manager.all(), PHONE)
    for model in MASKED:
        vectors = [one for one in model._meta.fields if isinstance(one, LexemeVectorField)]
        assert not {source for one in vectors for source in one.sources} & {*model.masked}
    assert looks() == []


def test_a_path_through_another_record_is_known_too():
    assert is_hidden(User, "person__phone")
    assert is_hidden(Volunteer, "=phone")
    assert not is_hidden(Volunteer, "team__name")


@pytest.mark.parametrize("role", [Role.DISTRICT, Role.HR])
def test_a_person_is_found_by_phone_by_offices_that_see_it_or_its_mask(role):
    here = PersonFactory(area=AreaFactory(code=COMMUNITY), phone=PHONE)
    somebody = clerk_of(DISTRICT, role=role)
    assert listed(signed_in(somebody), Person, q=PHONE) == [here]
    assert looks() == [(somebody.pk, "communities.person", "按电话查找")]
    assert listed(signed_in(somebody), Person, q=PHONE[:7]) == []
    assert listed(signed_in(somebody), Person, q=here.name) == [here]
    assert len(looks()) == 2, "seven digits may be a number, a name is none"


def test_an_account_form_finds_nobody_by_phone(client):
    PersonFactory(area=AreaFactory(code=COMMUNITY), phone=PHONE, name="李四喜")
    client.force_login(clerk_of(DISTRICT, role=Role.ADMINISTRATOR))
    asked = {"app_label": "accounts", "model_name": "user", "field_name": "person"}
    for term in (PHONE, "李四喜"):
        answer = client.get(reverse("admin:autocomplete"), asked | {"term": term})
        assert answer.status_code in (200, 403)
        if term == PHONE and answer.status_code == 200:
            assert answer.json()["results"] == []
    assert looks() == []


def test_a_desk_finds_hidden_values_only_whole_and_says_so():
    clerk = Somebody("community", COMMUNITY)
    donor = DonorFactory(area=AreaFactory(code=COMMUNITY), name="钱慷慨")
    elsewhere = DonorFactory(area=AreaFactory(code=DISTRICT), name="孙慷慨")
    for term in ("钱慷", "慷慨", elsewhere.name):
        assert found(clerk, term) == []
    assert found(clerk, "钱慷慨") == [donor]
    assert (clerk.user.pk, "charity.donor", "按捐赠人查找") in looks()
    for desk in kinds.desks():
        if [path for path in desk.search if is_hidden(desk.model, path)]:
            assert desk.model is Donor


def found(somebody, term):
    return list(somebody.client.get("/desk/donors/", {"q": term}).context["object_list"])


# --- what may stand only once --------------------------------------------------------------------


def test_these_rules_compare_what_is_hidden():
    """Each is about one record's own people, but for volunteers, who are registered once anywhere."""
    names = {rule.name for model in MASKED for rule in compared(model)}
    assert names == {
        "volunteer_once",
        "cadre_day_once",
        "check_in_person_once",
        "check_in_phone_once",
    }


def test_no_rows_below_a_record_compare_them():
    """Only a record's own form leaves a trace."""
    for kept in admin.site._registry.values():
        for inline in kept.inlines:
            assert not compared(inline.model) or inline.rows.listed, inline


@pytest.fixture
def elsewhere():
    """A volunteer of another community."""
    return VolunteerFactory(area=AreaFactory(code=NEIGHBOUR), name="李志愿", phone=PHONE)


def registers(somebody, **values):
    typed = {"area": COMMUNITY, "name": "李志愿", "phone": PHONE, "registered_on": "2022-06-01"}
    return somebody.enters("volunteers", **(typed | values))


def test_a_form_that_would_not_be_saved_compares_nothing(elsewhere):
    clerk = Somebody("community", COMMUNITY)
    answers = {
        phone: str(registers(clerk, phone=phone, registered_on="x").context["form"].errors)
        for phone in (PHONE, "13900000000")
    }
    assert answers[PHONE] == answers["13900000000"]
    assert not AuditEntry.objects.filter(action=Action.TRY_FAILED).exists()


def test_who_is_told_of_another_is_in_the_trail_and_not_often(elsewhere):
    clerk = Somebody("community", COMMUNITY)
    for _ in range(LIMIT):
        assert "已经注册" in registers(clerk).text
    told = AuditEntry.objects.filter(action=Action.TRY_FAILED, actor_id=clerk.user.pk)
    assert told.count() == LIMIT
    assert PHONE not in str([vars(one) for one in told])
    answers = {
        phone: registers(clerk, phone=phone).context["form"].errors
        for phone in (PHONE, "13900000000")
    }
    assert answers[PHONE] == answers["13900000000"]
    assert "核对次数过多" in str(answers[PHONE])
    assert Volunteer.objects.count() == 1


def test_who_may_see_the_other_is_told_as_often_as_need_be(elsewhere):
    district = Somebody("district", DISTRICT)
    AreaFactory(code=COMMUNITY)
    for _ in range(LIMIT + 1):
        assert "已经注册" in registers(district).text
    assert not AuditEntry.objects.filter(action=Action.TRY_FAILED).exists()


# --- files ---------------------------------------------------------------------------------------


def test_a_ledger_that_is_copied_compares_hidden_values_only_for_those_who_may_see_them():
    for ledger in (one for one in ledgers.all() if one.bulk):
        hidden = {*getattr(ledger.model, "masked", {})} & {*ledger.key}
        kind = ledger.model._meta
        for role, granted in PERMISSIONS.items():
            if (
                hidden
                and role not in OWNERS
                and f"{kind.app_label}.add_{kind.model_name}" in granted
            ):
                assert f"{kind.app_label}.reveal_{kind.model_name}" in granted, (ledger.name, role)
        # What is entered one by one is compared by its form, which counts (below).
        assert not compared(ledger.model), ledger.name


def test_a_ledger_entered_by_form_matches_no_hidden_value_for_who_may_not_see_it():
    """Whoever guessed the name would be told that it is there, and how the rest differs."""
    day = CadreDayFactory(area=AreaFactory(code=COMMUNITY), name="周小明")
    said = {
        "area": COMMUNITY, "kind": day.get_kind_display(), "unit": day.unit, "name": day.name,
        "planned_on": str(day.planned_on), "phone": "13900001234",
    }  # fmt: skip
    cells = [said.get(name, "") for name in ledgers.get("cadre-days").fields]
    data = as_csv([ledgers.get("cadre-days").headings, cells])
    told = {}
    for role in ("grid_worker", "community"):
        upload = SimpleUploadedFile("名单.csv", data)
        sent = {"file": upload, "update": "on", "try": "1"}
        outcome = Somebody(role, COMMUNITY).client.post("/imports/cadre-days/", sent)
        told[role] = outcome.context["outcome"]
    assert told["community"].changed == 1
    assert (told["grid_worker"].changed, told["grid_worker"].changes) == (0, [])
    assert told["grid_worker"].problems


@pytest.mark.parametrize("more", [{"trial": "on"}, {"skip": "on"}, {}], ids=str)
def test_a_file_that_is_told_what_is_there_already_is_in_the_trail(more):
    clerk = Somebody("community", COMMUNITY)
    PersonFactory(area=AreaFactory(code=COMMUNITY), name="李某某", phone="13900001234")
    data = as_csv(sheet("people", row("people"), row("people", name="别人")))
    upload = SimpleUploadedFile("台账.csv", data)
    clerk.client.post("/imports/people/", {"file": upload, **more})
    [(who, model, note)] = looks()
    assert (who, model) == (clerk.user.pk, "communities.person")
    assert "1行与已有的记录相同" in note


def test_a_trial_of_a_file_is_as_much_of_a_guess_as_a_form(elsewhere):
    clerk = Somebody("community", COMMUNITY)
    rows = [
        [COMMUNITY, "李志愿", phone, "", "", "2022-06-01", "", ""]
        for phone in (PHONE, "13900000000")
    ]
    data = as_csv([ledgers.get("volunteers").headings, rows[0]])
    for _ in range(LIMIT):
        upload = SimpleUploadedFile("志愿者.csv", data)
        page = clerk.client.post("/imports/volunteers/", {"file": upload, "try": "1"})
        assert "已经注册" in page.text
    told = AuditEntry.objects.filter(action=Action.TRY_FAILED, actor_id=clerk.user.pk)
    assert told.count() == LIMIT
    for row_ in rows:
        upload = SimpleUploadedFile(
            "志愿者.csv", as_csv([ledgers.get("volunteers").headings, row_])
        )
        page = clerk.client.post("/imports/volunteers/", {"file": upload, "try": "1"})
        assert "核对次数过多" in page.text
