"""Accounts, and what they are entrusted with."""

from factory import Sequence, SubFactory
from factory.django import DjangoModelFactory, Password

from suzhou_portal.accounts.models import Assignment, User
from suzhou_portal.accounts.roles import Role
from tests.factories import BEGUN
from tests.factories.areas import AreaFactory

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = Sequence(lambda number: f"clerk{number}")
    password = Password(PASSWORD)


class AssignmentFactory(DjangoModelFactory):
    """A clerk of one community, unless the test says otherwise."""

    class Meta:
        model = Assignment

    user = SubFactory(UserFactory)
    role = Role.COMMUNITY
    area = SubFactory(AreaFactory)
    valid_from = BEGUN
