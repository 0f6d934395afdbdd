"""Make the portal ready to be served: tables, rights and triggers, reference data, static files."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from seeds.demo.accounts import create_demo_accounts
from suzhou_portal.accounts.models import User
from suzhou_portal.management.commands.migrate import preparing


class Command(BaseCommand):
    """Safe to run again, and while the portal is served; several at once wait for one another."""

    help = "准备好数据库、参考数据和静态文件：安装以后、每次升级以后运行，可以在门户运行时做，可重复执行。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="首次运行时生成演示数据和演示账号。"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._say("正在打开数据库……")
        with preparing(self.stderr.write):
            self._say("正在建立或升级数据库（第一次约一分钟）……")
            call_command("migrate", verbosity=0)
            call_command("load_reference", stdout=self.stdout)
            call_command("clearsessions")
            self._say("正在准备样式和图片……")
            call_command("collectstatic", interactive=False, verbosity=0)
            password = self._demonstrate() if options["demo"] else None
        if password:
            self.stdout.write(f"演示账号的密码：{password}   （只显示这一次，请记下）")
            for account in User.objects.filter(is_demo=True).order_by("pk"):
                held = "、".join(str(one) for one in account.current_assignments)
                self.stdout.write(f"  {account.username:<20} {held}")
        self._say(f"已准备好：{settings.PORTAL_STATE}")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _demonstrate(self) -> str | None:
        """Make the demonstration, unless there is one; the password of its accounts if they are new."""
        with transaction.atomic():
            if User.objects.filter(is_demo=True).exists():
                return None
            self._say("正在生成演示数据（约一分钟）……")
            try:
                call_command("seed_demo", stdout=self.stdout)
            except CommandError as error:  # a district that has published nothing is still served
                self.stdout.write(f"没有生成演示数据：{error}")
            password = create_demo_accounts()
        # As the nightly run does on a real site.
        call_command("refresh_figures", stdout=self.stdout)
        call_command("audit_figures", stdout=self.stdout)
        return password
