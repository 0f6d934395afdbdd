"""Who signs in."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person with an account. Roles and jurisdiction come with the accounts issue."""

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "账号"
