"""Work on the queue: tell people what waits for them, and send mail."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from suzhou_portal.notices import working


class Command(db_worker.Command):
    """The library's worker, alone, after what a killed one had begun was put back."""

    help = "办理排队的工作：告诉等待办理的人，发送邮件。正式站点作为一个常驻服务运行；同时只有一个在工作，其余待命。"

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--with-parent", action="store_true", help="启动它的程序结束时，随之结束。"
        )

    def configure_logging(self, verbosity: int) -> None:
        """Logs go where the portal's own go, from the level of LOG_LEVEL on."""

    def handle(self, **options: Any) -> None:
        if options.pop("with_parent", False):
            working.ends_with_parent()
        with working.alone():
            working.begin_again()
            super().handle(**options)
