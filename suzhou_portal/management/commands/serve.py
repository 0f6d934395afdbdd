"""Prepare the portal and serve it: what `make run` and `make serve` call."""

import os
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from suzhou_portal import counting, server
from suzhou_portal.database import room
from suzhou_portal.imports import jobs


class Command(BaseCommand):
    """Prepare, unless that was done, and become the server."""

    help = "准备好数据库和静态文件，然后提供服务。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="首次启动时生成演示数据和演示账号。"
        )
        parser.add_argument(
            "--prepared", action="store_true", help="已用 prepare 准备好：不再准备，直接提供服务。"
        )
        parser.add_argument(
            "--no-queue",
            action="store_true",
            help="不在旁边办理排队的工作：另有 work_queue 在运行。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if "LISTEN_FDS" not in os.environ:  # systemd holds the address open
            _claim(settings.PORTAL_BIND, settings.PORT)
        if not options["prepared"]:
            call_command("prepare", demo=options["demo"], stdout=self.stdout, stderr=self.stderr)
        if told := room.shortage(settings.WORKERS * settings.PORTAL_THREADS):
            self.stdout.write(told)
        jobs.start()  # what was under way when the portal stopped
        counting.begin_anew()
        connections.close_all()
        address = f"{settings.PORTAL_BIND}:{settings.PORT}"
        self.stdout.write(f"\n五社联动门户已启动：{settings.PORTAL_URL}/   （按 Ctrl+C 停止）")
        self.stdout.flush()
        server.become(
            server.Served(
                address, settings.WORKERS, settings.PORTAL_THREADS,
                settings.PORTAL_STATE / "portal.pid", not options["no_queue"],
            )
        )  # fmt: skip


def _claim(host: str, port: int) -> None:
    """Say in one line that the port is taken, before anything is prepared."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"端口 {port} 不能使用（{error.strerror}）："
                f"请关闭占用它的程序，或换一个端口，例如 PORT={port + 1} make run。"
            ) from error
