"""Compute all figures of all areas ahead of readers: the nightly run."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from suzhou_portal import nightly
from suzhou_portal.figures.dates import site_date
from suzhou_portal.figures.kept import upkeep
from suzhou_portal.figures.kept.refresh import NotKeptError


class Command(BaseCommand):
    """After midnight, since values change with the date, and so does what is owed. Old marks of changes
    are removed as well.
    """

    help = "重新计算并保存全部地区的指标数值，清理变动标记（建议每天零点后运行）。"

    def handle(self, *args, **options):
        day = site_date()
        try:
            nightly.do_all(day)
            upkeep.forget(day)
            count = upkeep.refresh_all(upkeep.areas_of(settings.PORTAL_AREA), day)
        except (DatabaseError, NotKeptError) as error:
            raise CommandError(f"没有全部保存：{error}") from error
        self.stdout.write(f"已保存{count}个地区截至{day}的指标数值。")
