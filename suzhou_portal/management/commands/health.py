"""Look at everything that is looked at, as the page 运行状况 does."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from suzhou_portal.service.models import CheckState
from suzhou_portal.watching import every, telling


class Command(BaseCommand):
    """Ends with an error where something is at fault."""

    help = "检查门户的运行状况，逐项显示；有故障的以错误结束。--tell 由定时任务每小时运行。"

    def add_arguments(self, parser):
        parser.add_argument(
            "--tell", action="store_true",
            help="同时检查公开地址的证书，记下结果，把故障发给 ALERT_MAIL、ALERT_WEBHOOK（每项一天一次）。",
        )  # fmt: skip

    def handle(self, *args, **options):
        found = self._found(tell=options["tell"])
        for one in found:
            self.stdout.write(f"{one.state.label}  {one.check.label}：{one.seen.told}")
            if one.seen.advice:
                self.stdout.write(f"      {one.seen.advice}")
        faults = sum(one.state == CheckState.FAULT for one in found)
        if faults:
            raise CommandError(f"{len(found)}项中有{faults}项故障。")

    def _found(self, *, tell: bool) -> list[every.CheckedNow]:
        if not tell:
            return every.look_at_all()
        try:
            found = every.keep(outside=True)
            told, failed = telling.tell(found)
        except DatabaseError as error:  # told by the error that it is
            raise CommandError(f"数据库出错，结果没有记下：{type(error).__name__}") from error
        for line in failed:
            self.stderr.write(f"没有发出：{line}")
        if told and not failed:
            self.stdout.write(f"已告知{told}项故障。")
        return found
