from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "suzhou_portal.accounts"
    label = "accounts"
    verbose_name = "账号"
