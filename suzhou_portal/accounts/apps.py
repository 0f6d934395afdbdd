from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "suzhou_portal.accounts"
    verbose_name = "账号"

    def ready(self):
        """Guard what is written, and write down who signs in."""
        from suzhou_portal.accounts import guard, signals  # noqa: F401 - their receivers
