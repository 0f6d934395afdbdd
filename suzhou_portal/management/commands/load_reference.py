"""Load the reference data of PORTAL_SEEDS: divisions, then published values; and the words of finding."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from suzhou_portal.areas.loader import DivisionFileError, load_divisions
from suzhou_portal.areas.models import Area
from suzhou_portal.calendars.loader import load_special_days
from suzhou_portal.figures.loader import PublishedFileError, load_published
from suzhou_portal.finding.loader import load_words


class Command(BaseCommand):
    """Safe to run at every start: what is already there stays, and a bad file changes nothing."""

    help = "载入参考数据：行政区划与公布值（可重复执行）。"

    def handle(self, *args, **options):
        try:
            with transaction.atomic():
                divisions = sum(map(load_divisions, _files("divisions")))
                published = sum(map(load_published, _files("published")))
                load_special_days(settings.BASE_DIR / "seeds" / "working_days.csv")
                if Area.objects.filter(pk=settings.PORTAL_AREA).exists():
                    load_words()
        except (DivisionFileError, PublishedFileError) as error:
            raise CommandError(str(error)) from error
        if not Area.objects.filter(pk=settings.PORTAL_AREA).exists():
            raise CommandError(
                f"PORTAL_AREA={settings.PORTAL_AREA} 不在 {settings.PORTAL_SEEDS / 'divisions'} 的区划文件中。"
            )
        self.stdout.write(f"参考数据：行政区划{divisions}个，公布值{published}个。")


def _files(kind: str):
    return sorted((settings.PORTAL_SEEDS / kind).glob("*.csv"))
