"""Carry out the long imports that wait."""

import os

from django.core.management.base import BaseCommand

from suzhou_portal.imports import jobs

POLITELY = 5  # pages come first


class Command(BaseCommand):
    """Started by the portal itself; does no harm when started again."""

    help = "处理等待中的台账导入；门户会自己启动它。"

    def handle(self, *args, **options):
        os.nice(POLITELY)
        jobs.work()
