"""Pay is opened by those who see it, to nobody else by any way round them; and each look is written down."""

import datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from communities.models import PayCorrection, PayMonth, Post
from suzhou_portal.accounts import personnel
from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.roles import Role
from suzhou_portal.audit.enums import Action
from suzhou_portal.records.kinds import kinds
from tests.admin.test_forms import below, change, fields
from tests.audit.steps import address, browser_of, entrusted, listing, written
from tests.cases import case
from tests.factories import communities
from tests.factories.accounts import UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory
from tests.factories.pay import PayCorrectionFactory, PayPeriodFactory

pytestmark = pytest.mark.django_db
OWN, CONFIRMATIONS = "/account/pay/", "/account/confirmations/"
AMOUNTS = ("3,777.00", "3777.00", "3,000.00", "3000.00", "123.45")


@pytest.fixture
def pay():
    """What one person earned in a month."""
    return communities.PayMonthFactory(
        post_pay="3000.00", performance_pay="777.00", month=datetime.date(2023, 5, 1)
    )


@pytest.fixture
def administrator():
    return entrusted(Role.ADMINISTRATOR, DISTRICT)


@pytest.fixture
def office():
    return entrusted(Role.HR, DISTRICT)


def page(response):
    return response.content.decode()


def shows_pay(account):
    return "3777.00" in page(browser_of(User.objects.get(pk=account.pk)).get(OWN))


def confirmed(by, **said):
    return by.post(CONFIRMATIONS, said, follow=True)


def opened_by(administrator, person):
    """An account that the administrator opened in the name of a person, and signed in with."""
    path = reverse("admin:accounts_user_add")
    empty = fields(administrator.get(path)) | {"assignments-TOTAL_FORMS": 0}
    made = administrator.post(path, empty | {"username": "newcomer", "person": person.pk})
    assert made.status_code == 200
    User.objects.filter(username="newcomer").update(must_change_password=False)
    return User.objects.get(username="newcomer")


class TestAnAccountOfAPerson:
    def test_opened_by_an_administrator_opens_no_pay(self, administrator, office, pay):
        account = opened_by(administrator, pay.post.person)
        assert account.person == pay.post.person
        assert not shows_pay(account)
        assert "等待区级人事确认" in page(browser_of(account).get(OWN))
        # Nor does the administrator confirm it, nor any other role
        for role in set(Role) - {Role.HR, Role.TEAM, Role.ORGANIZATION, Role.EVALUATOR}:
            place = DISTRICT if role in (Role.ADMINISTRATOR, Role.DISTRICT) else COMMUNITY
            somebody = administrator if role == Role.ADMINISTRATOR else entrusted(role, place)
            said = {"account": account.pk, "person": account.person_id}
            assert somebody.post(CONFIRMATIONS, said).status_code == 403, role
        assert not shows_pay(account)

    def test_is_confirmed_by_the_personnel_office(self, administrator, office, pay):
        account = opened_by(administrator, pay.post.person)
        assert "newcomer" in page(office.get(CONFIRMATIONS))
        with written() as entries:
            told = confirmed(office, account=account.pk, person=account.person_id)
        assert "已确认" in page(told)
        assert entries[0].actor_id == office.user.pk
        assert shows_pay(account)
        assert "newcomer" not in page(office.get(CONFIRMATIONS))

    def test_is_confirmed_anew_after_whatever_the_administrator_changes(
        self, administrator, office, pay
    ):
        account = opened_by(administrator, pay.post.person)
        other = communities.PersonFactory(area=pay.area)
        ways = {
            "first_password": {},
            "second_factor": {},
            "change": {"person": other.pk},
        }
        for way, values in ways.items():
            User.objects.filter(pk=account.pk).update(
                person=pay.post.person, must_change_password=False
            )
            confirmed(office, account=account.pk, person=pay.post.person_id)
            assert shows_pay(account)
            with case(way):
                if way == "change":
                    assert change(administrator, account, **values).status_code == 302
                    account.refresh_from_db()
                    assert account.person == other
                else:
                    administrator.post(address(account, way))
                assert not shows_pay(account)

    def test_is_not_confirmed_unseen_or_by_its_owner_or_from_elsewhere(self, office, pay):
        other = communities.PersonFactory(area=pay.area)
        account = UserFactory(person=pay.post.person)
        own = office.user
        own.person = other
        own.save()
        elsewhere = UserFactory(person=communities.PersonFactory(area__code="620921001001"))
        fresh = UserFactory(
            person=communities.PersonFactory(area=pay.area), must_change_password=True
        )
        refused = [
            (account, other),
            (own, other),
            (elsewhere, elsewhere.person),
            (fresh, fresh.person),
        ]
        for one, person in refused:
            told = confirmed(office, account=one.pk, person=person.pk)
            assert personnel.GONE in page(told)
            assert User.objects.get(pk=one.pk).confirmed_person is None
        assert [one.username in page(office.get(CONFIRMATIONS)) for one, _ in refused[2:]] == [
            False
        ] * 2

    @pytest.mark.parametrize(
        "said", [{}, {"account": "x", "person": "1"}, {"office": "-1"}, {"office": ""}]
    )
    def test_nonsense_is_refused(self, said, office):
        assert office.post(CONFIRMATIONS, said).status_code == 400


class TestTheOffice:
    """Who gives the role of the personnel office would see pay with it."""

    def given(self, administrator):
        account = UserFactory()
        row = {"role": Role.HR, "area": AreaFactory(code=DISTRICT).pk, "valid_from": "2022-06-01"}
        assert change(administrator, account, **below("assignments", 0, **row)).status_code == 302
        return account

    def test_waits_for_another_of_it(self, administrator, office, pay):
        account = self.given(administrator)
        held = account.assignments.get()
        assert "待人事确认" in page(administrator.get(address(account, "change")))
        for browser in (browser_of(account), administrator):
            assert browser.get("/desk/pay/").status_code == 403
            assert browser.post(CONFIRMATIONS, {"office": held.pk}).status_code == 403
        confirmed(office, office=held.pk)
        assert browser_of(User.objects.get(pk=account.pk)).get("/desk/pay/").status_code == 200

    @pytest.mark.parametrize("way", ["first_password", "second_factor"])
    def test_waits_again_once_the_administrator_knows_the_password(
        self, way, administrator, office, pay
    ):
        colleague = entrusted(Role.HR, DISTRICT)
        assert colleague.get("/desk/pay/").status_code == 200
        administrator.post(address(colleague.user, way))
        assert Assignment.objects.get(user=colleague.user).awaits

    def test_a_role_made_into_it_waits_too(self, administrator, office):
        somebody = entrusted(Role.DISTRICT, DISTRICT)
        held = Assignment.objects.get(user=somebody.user)
        row = {"id": held.pk, "role": Role.HR, "area": DISTRICT, "valid_from": "2022-06-01"}
        sent = below("assignments", 0, **row) | {"assignments-INITIAL_FORMS": 1}
        assert change(administrator, somebody.user, **sent).status_code == 302
        held.refresh_from_db()
        assert (held.role, held.awaits) == (Role.HR, True)

    def test_an_emergency_account_opens_the_first(self):
        emergency = browser_of(UserFactory(is_superuser=True))
        account = self.given(emergency)
        assert not account.assignments.get().awaits


def every_page_of_pay(pay, correction):
    """Lists and records of all that is withheld, in the admin and on desks, what they stand below, and
    the pages of their own.
    """
    records = {PayMonth: pay, PayCorrection: correction, Post: pay.post}
    for model, record in records.items():
        if model in admin.site._registry:
            yield from (
                listing(model), address(record, "change"), address(record, "history"),
                address(record, "delete"),
            )  # fmt: skip
    for desk in kinds.desks():
        if record := records.get(desk.model):
            yield f"/desk/{desk.name}/"
            yield f"/desk/{desk.name}/{record.pk}/"
            yield f"/desk/{desk.name}/{record.pk}/edit/"
    period = PayPeriodFactory(area=AreaFactory(code=DISTRICT), month=pay.month)
    yield from (
        f"/payroll/?period={period.pk}",
        f"/payroll/{period.pk}/",
        f"/desk/pay-periods/{period.pk}/",
    )


def test_each_look_at_pay_is_written_down(office, pay):
    correction = PayCorrectionFactory(pay=pay, area=pay.area, amount="123.45")
    looked = set()
    for path in every_page_of_pay(pay, correction):
        with case(path), written() as entries:
            answer = page(office.get(path))
        if any(amount in answer for amount in AMOUNTS):
            looked.add(path)
            with case(path):
                told = [one for one in entries if one.action == Action.LOOK]
                assert told
                assert {one.actor_id for one in told} == {office.user.pk}
    for path in (
        listing(PayMonth), address(pay, "change"), address(pay, "history"), "/desk/pay/",
        f"/desk/pay/{pay.pk}/", f"/desk/pay/{pay.pk}/edit/", f"/desk/pay-corrections/{correction.pk}/",
    ):  # fmt: skip
        assert path in looked
    assert any(path.startswith("/payroll/") for path in looked)


def test_a_look_at_own_pay_is_written_down(pay):
    PayCorrectionFactory(pay=pay, area=pay.area, amount="123.45")
    person = pay.post.person
    browser = browser_of(UserFactory(person=person, confirmed_person=person))
    with written() as entries:
        assert "3777.00" in page(browser.get(OWN))
    looks = [(one.action, one.model, one.object_id) for one in entries]
    assert (Action.LOOK, "communities.paymonth", str(pay.pk)) in looks
    assert "communities.paycorrection" in {
        model for action, model, _ in looks if action == Action.LOOK
    }


def test_looking_at_what_everybody_sees_writes_nothing(office, pay, client):
    figure = reverse("figure", args=["average_monthly_pay"])
    with written() as entries:
        client.get(figure, {"area": pay.area_id})
        office.get(listing(Post))
    assert not entries
