"""The first accounts, and a portal that is there already."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.roles import Role
from suzhou_portal.areas.models import Area

LOGIN, NAME = "zhangsan", "张三"


def first_account(*words):
    out = io.StringIO()
    call_command("first_account", *words, stdout=out)
    return out.getvalue()


def password_in(said):
    return said.partition("一次性密码：")[2].split()[0]


def sign_in(client, password):
    client.logout()
    return client.post(reverse("sign_in"), {"username": LOGIN, "password": password})


def test_the_first_administrator_signs_in_and_opens_accounts_without_any_other(reference, client):
    sign_in(client, password_in(first_account(LOGIN, NAME)))
    where = reverse("admin:accounts_user_add")
    assert reverse("password") in client.get(where).headers["Location"]
    User.objects.filter(username=LOGIN).update(must_change_password=False)
    assert client.get(where).status_code == 200
    assert not User.objects.filter(is_superuser=True).exists()


def test_one_that_nobody_has_used_gets_a_new_password(reference, client):
    old, new = (password_in(first_account(LOGIN, NAME)) for _ in range(2))
    assert Assignment.objects.filter(user__username=LOGIN).count() == 1
    sign_in(client, old)
    assert "_auth_user_id" not in client.session
    sign_in(client, new)
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("words", [(LOGIN, NAME), ("lisi", "李四")])
def test_one_in_use_is_never_touched(reference, words):
    first_account(LOGIN, NAME)
    User.objects.update(last_login=timezone.now())
    before = list(User.objects.values())
    with pytest.raises(CommandError, match="已有系统管理员：张三"):
        first_account(*words)
    assert list(User.objects.values()) == before
    with pytest.raises(CommandError, match="已经建好"):
        first_account("--check")


def test_the_login_of_somebody_else_is_refused(reference):
    User.objects.create_user(LOGIN)
    with pytest.raises(CommandError, match="已有这个账号"):
        first_account(LOGIN, NAME)
    assert User.objects.get().assignments.count() == 0


def test_the_first_of_the_personnel_office_waits_for_nobody(reference):
    first_account(LOGIN, NAME, "--role", "hr")
    held = Assignment.objects.get()
    assert (held.role, held.awaits) == (Role.HR, False)


def test_another_districts_database_is_refused(reference, settings):
    name = str(Area.objects.get(pk=settings.PORTAL_AREA))
    settings.PORTAL_AREA = "620921"
    with pytest.raises(CommandError, match=f"这个数据库里是{name}的门户"):
        first_account("--check")


def test_a_demonstration_is_refused_unless_wanted(demonstration):
    with pytest.raises(CommandError, match="有演示数据"):
        first_account("--check")
    first_account("--check", "--demo")


def test_an_empty_database_will_do(db):
    first_account("--check")
