from django.apps import AppConfig
from django.db.models.signals import pre_delete, pre_save


class AccountsConfig(AppConfig):
    name = "suzhou_portal.accounts"
    label = "accounts"
    verbose_name = "账号"

    def ready(self):
        """Guard what is written, and write down who signs in."""
        from suzhou_portal.accounts import guard, signals

        pre_save.connect(guard.before_save, dispatch_uid="accounts.guard")
        pre_delete.connect(guard.before_delete, dispatch_uid="accounts.guard")
        signals.connect()
