"""Accounts."""

from factory import Sequence
from factory.django import DjangoModelFactory, Password

from suzhou_portal.accounts.models import User

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = Sequence(lambda number: f"clerk{number}")
    password = Password(PASSWORD)
