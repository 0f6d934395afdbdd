"""Prepare the portal and serve it: what `make run` calls."""

import socket

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from seeds.demo.accounts import create_demo_accounts
from suzhou_portal.accounts.models import User
from suzhou_portal.database import room
from suzhou_portal.database.alone import alone
from suzhou_portal.imports import jobs
from suzhou_portal.notices import working
from suzhou_portal.server import THREADS, serve


class Command(BaseCommand):
    """Migrate, load reference data and, the first time with --demo, demonstration data; then serve."""

    help = "准备好数据库和静态文件，然后在 127.0.0.1:PORT 提供服务。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="首次启动时生成演示数据和演示账号。"
        )

    def handle(self, *args, **options):
        _claim(settings.PORT)
        with alone("portal_prepares"):  # several portals on one database may start at once
            password = self._prepare(demo=options["demo"])
        if told := room.shortage(settings.WORKERS * THREADS):
            self.stdout.write(told)
        jobs.start()  # what was under way when the portal stopped
        working.keep_working()
        connections.close_all()
        self.stdout.write(
            f"\n五社联动门户已启动：http://127.0.0.1:{settings.PORT}/   （按 Ctrl+C 停止）"
        )
        if password:
            self.stdout.write(f"演示账号的密码：{password}   （只显示这一次，请记下）")
            for account in User.objects.filter(is_demo=True).order_by("pk"):
                held = "、".join(str(one) for one in account.current_assignments)
                self.stdout.write(f"  {account.username:<20} {held}")
        self.stdout.flush()
        serve()

    def _prepare(self, *, demo: bool) -> str | None:
        """Database, reference data and static files; the demonstration's password where it was made now."""
        call_command("migrate", verbosity=0)
        call_command("load_reference", stdout=self.stdout)
        call_command("clearsessions")
        call_command("collectstatic", interactive=False, verbosity=0)
        password = self._demonstrate() if demo else None
        if password:  # as the nightly run does on a real site
            call_command("refresh_figures", stdout=self.stdout)
            call_command("audit_figures", stdout=self.stdout)
        return password

    @transaction.atomic
    def _demonstrate(self) -> str | None:
        if User.objects.filter(is_demo=True).exists():
            return None
        try:
            call_command("seed_demo", stdout=self.stdout)
        except CommandError as error:  # a district that has published nothing is still served
            self.stdout.write(f"没有生成演示数据：{error}")
        return create_demo_accounts()


def _claim(port: int) -> None:
    """Say in one line that the port is taken, before anything is prepared."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"端口 {port} 不能使用（{error.strerror}）："
                f"请关闭占用它的程序，或换一个端口，例如 PORT={port + 1} make run。"
            ) from error
