"""Who gives rights gives them inside their own area, and never to themselves."""

import pytest
from django.urls import reverse

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.roles import Role
from tests.accounts.world import ABROAD, acting, clerk_of, refused, signed_in
from tests.admin.test_admin import address
from tests.admin.test_forms import below, change
from tests.factories import organizations
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.areas import COMMUNITY, DISTRICT, AreaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(home):
    """Who gives rights in one district."""
    return clerk_of(DISTRICT, role=Role.ADMINISTRATOR)


def give(browser, account, role, area, **more):
    """One more assignment, by the account's page."""
    kept = account.assignments.count()
    row = {"role": role, "area": area, "valid_from": "2022-06-01"} | more
    return change(browser, account, **below("assignments", kept, **row))


def test_rights_are_given_inside(administrator, home):
    account = UserFactory()
    browser = signed_in(administrator)
    assert give(browser, account, Role.COMMUNITY, COMMUNITY).status_code == 302
    assert [one.area for one in account.assignments.all()] == [home]


@pytest.mark.parametrize("area", [ABROAD, "6209", "CN"])
def test_no_rights_are_given_outside(area, administrator):
    AreaFactory(code=area)
    account = UserFactory()
    role = Role.COMMUNITY if area == ABROAD else Role.DISTRICT
    assert give(signed_in(administrator), account, role, area).status_code == 200
    with acting(administrator), refused():
        AssignmentFactory(user=account, role=role, area=AreaFactory(code=area))
    assert not Assignment.objects.exclude(user=administrator).exists()


@pytest.mark.parametrize(("role", "area"), [(Role.DISTRICT, COMMUNITY), (Role.STREET, DISTRICT)])
def test_a_role_is_given_at_its_level(role, area, administrator):
    response = give(signed_in(administrator), UserFactory(), role, area)
    assert "的管辖地区应为" in response.content.decode()


@pytest.mark.parametrize(
    ("role", "owned"), [(Role.COMMUNITY, True), (Role.ORGANIZATION, False), (Role.TEAM, False)]
)
def test_owners_name_what_they_own_and_others_do_not(role, owned, administrator, home):
    more = {"organization": organizations.SocialOrganizationFactory().pk} if owned else {}
    response = give(signed_in(administrator), UserFactory(), role, COMMUNITY, **more)
    assert "须填写所属" in response.content.decode()


def test_an_organization_elsewhere_is_given_to_nobody(administrator, home):
    foreign = organizations.SocialOrganizationFactory(
        name="外区中心", area=AreaFactory(code=ABROAD)
    )
    response = give(
        signed_in(administrator), UserFactory(), Role.ORGANIZATION, COMMUNITY,
        organization=foreign.pk,
    )  # fmt: skip
    assert response.status_code == 200
    assert "外区中心" not in response.content.decode()


def test_nobody_gives_rights_to_themselves(administrator, home):
    browser = signed_in(administrator)
    path = address(User, "change", administrator.pk)
    assert browser.post(path, {"username": "x"}).status_code == 403
    with acting(administrator):
        for write in (
            lambda: AssignmentFactory(user=administrator, area=home),
            administrator.assignments.get().save,
            administrator.assignments.get().delete,
        ):
            with refused():
                write()
    assert administrator.assignments.count() == 1


def test_nobody_is_made_superuser(administrator, home):
    forged = {"is_superuser": "on", "is_staff": "on", "must_change_password": "", "password": "x"}
    browser = signed_in(administrator)
    rows = {
        f"assignments-{name}": count for name, count in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
    }
    new = {"username": "newcomer", "is_active": "on"} | rows | forged
    assert browser.post(address(User, "add"), new).status_code == 200
    account = User.objects.get(username="newcomer")
    hashed = account.password
    assert change(browser, account, name="新人", **forged).status_code == 302
    account.refresh_from_db()
    assert (account.name, account.is_superuser, account.password) == ("新人", False, hashed)


def test_accounts_with_rights_elsewhere_and_superusers_are_out_of_reach(administrator, home):
    foreign = clerk_of(ABROAD)
    both = clerk_of(COMMUNITY, ABROAD)
    emergency = UserFactory(is_superuser=True)
    browser = signed_in(administrator)
    for account in (foreign, both, emergency):
        path = address(User, "change", account.pk)
        assert browser.get(path).url == reverse("admin:index")
        first_password = reverse("admin:accounts_user_first_password", args=[account.pk])
        assert browser.post(first_password).status_code == 404
