"""Back up all a portal is made of, while it is used: the nightly run, or by hand."""

import time
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from suzhou_portal.keeping import backup, packs, rule
from suzhou_portal.keeping.errors import KeepingError
from suzhou_portal.service.models import RunKind
from suzhou_portal.service.runs import noted


class Command(BaseCommand):
    """Ends with an error where there is no backup, or where one lacks files the storage has lost."""

    help = "把数据库、附件和密钥备份成一个经过核对的文件；门户可以照常使用。"

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", metavar="FILE",
            help="写到这个文件；不写则放入 PORTAL_BACKUPS，以日期和时间命名。",
        )  # fmt: skip
        parser.add_argument(
            "--nightly", action="store_true",
            help="备份以后，按 PORTAL_BACKUPS_KEPT 清理同一文件夹中以前的备份。",
        )  # fmt: skip

    def handle(self, *args, **options):
        begun = time.monotonic()
        path = Path(options["file"]).absolute() if options["file"] else _place()
        try:
            with noted(RunKind.BACKUP) as outcome:
                packs.sweep(path.parent)
                made = backup.make(path)
                if options["nightly"]:
                    self._prune(path.parent)
                outcome.path = path
                outcome.detail = told = _told(made)
                if made.missing:
                    raise KeepingError(f"{told}；存储中丢失了{len(made.missing)}个：{_few(made)}")
        except KeepingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{told}，用时{time.monotonic() - begun:.0f}秒。")

    def _prune(self, folder: Path) -> None:
        gone, unknown = rule.prune(folder)
        for path in gone:
            self.stdout.write(f"已按保留规则清理 {path.name}。")
        for path in unknown:
            self.stderr.write(f"{path} 不是完整的备份，没有清理；请查看。")


def _place() -> Path:
    folder = settings.PORTAL_BACKUPS
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"PORTAL_BACKUPS={folder} 不能写入（{error.strerror}）。") from error
    return folder / rule.name_at(timezone.localtime())


def _told(made: backup.Made) -> str:
    size = filesizeformat(made.path.stat().st_size)
    return f"已备份到 {made.path}（{size}）：记录{made.rows}条，附件{made.files}个"


def _few(made: backup.Made) -> str:
    more = "等" if len(made.missing) > 3 else ""
    return "、".join(made.missing[:3]) + more
