"""Restore a portal from a backup, or try whether it could be."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from suzhou_portal.keeping import restore, rule, trial
from suzhou_portal.keeping.errors import KeepingError
from suzhou_portal.keeping.packs import BackupFile
from suzhou_portal.service.models import RunKind
from suzhou_portal.service.runs import noted


class Command(BaseCommand):
    """Refuses, before anything changes, what is damaged, newer than the portal, or would overwrite
    records unasked.
    """

    help = "由 backup 命令所写的文件恢复门户，并核对；--check 只试，不影响正在运行的门户。"

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="备份文件。")
        parser.add_argument(
            "--check", action="store_true",
            help="恢复到临时的数据库中，核对以后删除；门户可以照常使用。",
        )  # fmt: skip
        parser.add_argument("--replace", action="store_true", help="替换数据库中已有的记录。")

    def handle(self, *args, **options):
        begun = time.monotonic()
        path = Path(options["file"]).absolute()
        try:
            check, replace = options["check"], options["replace"]
            told = self._check(path) if check else self._restore(path, replace=replace)
        except KeepingError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{told}用时{time.monotonic() - begun:.0f}秒。")

    def _check(self, path: Path) -> str:
        with noted(RunKind.CHECK) as outcome:
            outcome.path = path
            outcome.detail = told = trial.attempt(restore.readable(path), self.stdout.write)
        return f"试恢复成功，临时数据库已删除：{told}共"

    def _restore(self, path: Path, *, replace: bool) -> str:
        backup = restore.readable(path)
        restore.refuse_target(backup, replace=replace)
        with noted(RunKind.RESTORE) as outcome:
            outcome.path = path
            outcome.detail = told = self._told(backup, restore.restore(backup, self.stdout.write))
        return f"{told}。"

    def _told(self, backup: BackupFile, proof: restore.Proof) -> str:
        lost = f"，备份时就已丢失的{len(proof.lost)}个" if proof.lost else ""
        aside = f"；不再用到的文件移到了 {proof.aside}" if proof.aside else ""
        return (
            f"已恢复{rule.moment_of(backup):%Y-%m-%d %H:%M}的门户：记录{proof.rows}条，"
            f"附件{proof.files}个逐一打开核对无误{lost}，指标已重新计算并核对{aside}"
        )
