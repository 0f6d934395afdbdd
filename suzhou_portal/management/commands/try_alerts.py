"""Send an alert for trial."""

from django.core.management.base import BaseCommand, CommandError

from suzhou_portal.alerts import ways
from suzhou_portal.service.models import RunKind
from suzhou_portal.service.runs import noted


class Command(BaseCommand):
    """Ends with an error where nobody is to be told, or a way fails."""

    help = "试发一条告警，看 ALERT_MAIL、ALERT_WEBHOOK 是否设置正确；结果显示在“运行状况”里。"

    def handle(self, *args, **options):
        labels = "、".join(way.label for way in ways.ways())
        if not labels:
            raise CommandError("没有设置 ALERT_MAIL 或 ALERT_WEBHOOK，没有可试的。")
        with noted(RunKind.ALERT) as outcome:
            failed = ways.send("五社联动门户：试发告警", "收到这一条，说明告警设置正确。")
            if failed:
                raise CommandError(f"没有发出：{'；'.join(failed)}。")
            outcome.detail = f"已发出：{labels}"
        self.stdout.write(f"已发出：{labels}。请确认收到。")
