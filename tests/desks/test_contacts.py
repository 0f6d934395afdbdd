"""Whoever works with a record reads whom it names in full, and finds it by the number; others do neither."""

import pytest

from suzhou_portal.accounts.hidden import found_in_full
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.records.kinds import kinds
from tests.factories.areas import COMMUNITY, DISTRICT, STREET, AreaFactory
from tests.factories.cobuilding import CoBuildingAgreementFactory
from tests.factories.consultation import MediationCaseFactory
from tests.factories.volunteering import CadreDayFactory
from tests.journeys import Somebody, queries

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


@pytest.fixture
def agreement():
    return CoBuildingAgreementFactory(
        area=AreaFactory(code=COMMUNITY), contact="王某某", phone=PHONE
    )


def found(somebody, model, term=PHONE):
    return list(model.objects.filter(found_in_full(somebody.user, model, (), term)))


def test_ones_own_contacts_are_shown_and_the_look_is_in_the_trail(agreement):
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    page = clerk.sees(f"/desk/co-building/{agreement.pk}/")
    assert PHONE in page
    assert "王某某" in page
    look = AuditEntry.objects.filter(action="look", actor_id=clerk.user.pk).get()
    assert look.object_id == str(agreement.pk)


@pytest.mark.parametrize(("role", "area"), [(Role.STREET, STREET), (Role.DISTRICT, DISTRICT)])
def test_offices_above_see_them_masked(agreement, role, area):
    page = Somebody(role, area).sees(f"/desk/co-building/{agreement.pk}/")
    assert PHONE not in page
    assert "138****1234" in page


def test_what_somebody_entered_for_another_division_is_theirs_to_call_about():
    case = MediationCaseFactory(area=AreaFactory(code=COMMUNITY), phone_a=PHONE)
    street, other = Somebody(Role.STREET, STREET), Somebody(Role.STREET, STREET)
    type(case).objects.filter(pk=case.pk).update(entered_by=street.user)
    assert PHONE in street.sees(f"/desk/mediation-cases/{case.pk}/")
    assert PHONE not in other.sees(f"/desk/mediation-cases/{case.pk}/")


def test_a_full_number_finds_ones_own_and_nobody_elses(agreement):
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    elsewhere = Somebody(Role.COMMUNITY, f"{STREET}099")
    assert found(clerk, type(agreement)) == [agreement]
    assert found(clerk, type(agreement), PHONE[:7]) == []
    assert found(elsewhere, type(agreement)) == []
    assert AuditEntry.objects.filter(action="reveal", note="按联系电话查找").exists()


def test_a_list_of_contacts_costs_the_same_for_any_length():
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    MediationCaseFactory(area=AreaFactory(code=COMMUNITY), phone_a=PHONE)
    queries(clerk.client, "/desk/mediation-cases/")
    before = queries(clerk.client, "/desk/mediation-cases/")
    MediationCaseFactory.create_batch(4, area=AreaFactory(code=COMMUNITY), phone_a=PHONE)
    assert queries(clerk.client, "/desk/mediation-cases/") == before


def test_every_number_that_a_kind_masks_is_somebodys_to_call():
    """But for donors, whose names nobody reads without their consent, and accounts."""
    for kind in kinds:
        phones = [n for n, mask in getattr(kind.model, "masked", {}).items() if mask == "phone"]
        if kind.model.__name__ != "Donor":
            assert {*phones} <= {*kind.model.contact_columns}, kind.model


@pytest.fixture
def case():
    area = AreaFactory(code=COMMUNITY)
    return MediationCaseFactory(area=area, party_a="王某某", phone_a=PHONE)


def test_the_form_of_ones_own_shows_what_its_page_shows_and_says_so(case):
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    shown = clerk.client.get(f"/desk/mediation-cases/{case.pk}/edit/").context["form"]
    assert (shown["phone_a"].value(), shown["party_a"].value()) == (PHONE, "王某某")
    assert "已隐去" not in shown["phone_a"].help_text
    look = AuditEntry.objects.filter(action="look", actor_id=clerk.user.pk).get()
    assert look.object_id == str(case.pk)
    clerk.corrects(case, phone_a="13900001111")
    case.refresh_from_db()
    assert (case.phone_a, case.party_a) == ("13900001111", "王某某")


def test_a_mask_that_comes_back_overwrites_nothing(case):
    """From a page opened before the person came to work with the record."""
    clerk = Somebody(Role.COMMUNITY, COMMUNITY)
    clerk.corrects(case, phone_a="138****1234", party_a="王*", subject="楼下漏水")
    case.refresh_from_db()
    assert (case.phone_a, case.party_a, case.subject) == (PHONE, "王某某", "楼下漏水")


def test_who_sees_masks_saves_the_rest_and_keeps_what_is_hidden():
    """A street corrects an application of its community, whose number it sees masked."""
    application = CadreDayFactory(
        area=AreaFactory(code=COMMUNITY), name="周某某", phone=PHONE, unit="区某局"
    )
    street = Somebody(Role.STREET, STREET)
    path = f"/desk/cadre-days/{application.pk}/edit/"
    page = street.sees(path)
    assert PHONE not in page
    assert "138****1234" in page
    street.corrects(application, unit="区财政局")
    application.refresh_from_db()
    assert (application.unit, application.phone, application.name) == ("区财政局", PHONE, "周某某")
    street.corrects(application, phone="139****0000")
    application.refresh_from_db()
    assert application.phone == PHONE
