"""How accounts are made."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from suzhou_portal.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Makes accounts; each has the password it was given, never one of ours."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An account; without a password nobody can sign in to it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """An account that may do everything, for emergencies. Every use of it is in the trail."""
        return self.create_user(username, password, is_superuser=True, **fields)
