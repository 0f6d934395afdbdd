"""Note that somebody has checked whether what the portal uses has known vulnerabilities."""

from django.core.management.base import BaseCommand

from suzhou_portal.service.models import RunKind
from suzhou_portal.service.runs import noted


class Command(BaseCommand):
    """The portal asks nobody outside, so it knows of that only by being told."""

    help = "记下已核对过安全更新：谁、怎样核对、结论。"

    def add_arguments(self, parser):
        parser.add_argument("told", metavar="TEXT", help="谁、怎样核对、结论。")

    def handle(self, *args, **options):
        with noted(RunKind.UPDATES) as outcome:
            outcome.detail = options["told"]
        self.stdout.write("已记下，显示在“运行状况”和“运行记录”里。")
