"""Make, or remove, the demonstration data."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from seeds.demo import seeding
from seeds.demo.targets import DemoError, Targets
from suzhou_portal.figures.loader import PublishedFileError, read_published
from suzhou_portal.figures.models import PublishedValue


class Command(BaseCommand):
    """Safe to run again: where the demonstration exists, nothing changes."""

    help = "生成演示数据：合成记录，其合计与公布值一致。已有真实记录时拒绝执行。"

    def add_arguments(self, parser):
        parser.add_argument("--clear", action="store_true", help="删除全部演示数据。")
        parser.add_argument(
            "--targets", type=Path, help="以此文件的公布值为目标，而不用已载入的公布值。"
        )

    def handle(self, *args, **options):
        try:
            if options["clear"]:
                self.stdout.write(f"已删除演示数据{seeding.clear()}条。")
                return
            targets = Targets(self._published(options["targets"]), settings.PORTAL_AREA)
            made = seeding.seed(targets, self._say)
        except (DemoError, PublishedFileError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "演示数据已生成，各项合计与公布值一致。" if made else "演示数据已存在，没有改动。"
        )

    def _published(self, file: Path | None):
        if file is None:
            return PublishedValue.objects.all()
        if not file.is_file():
            raise CommandError(f"没有文件 {file}。")
        return read_published(file)

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
