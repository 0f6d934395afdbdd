"""Remove what the trail no longer has to keep, and write down that this was done."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections, transaction
from django.utils import timezone

from suzhou_portal.audit import trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.months import months_before


class Command(BaseCommand):
    """Deletes as the owner of the database: the application's role may not delete from the trail."""

    help = "清理超过保存期限（AUDIT_MONTHS，至少6个月）的审计日志，并记录本次清理。"

    def handle(self, *args, **options):
        before = months_before(timezone.localdate(), settings.AUDIT_MONTHS)
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SELECT set_config('portal.retention', 'on', true)")
            old = AuditEntry.objects.using("owner").filter(at__date__lt=before)
            removed = old._raw_delete("owner")  # in one statement: delete() would load them all
            cursor.execute("SELECT set_config('portal.retention', '', true)")
            note = f"{before:%Y-%m-%d}以前的{removed}条"
            trail.record(Action.PRUNE, using="owner", model=AuditEntry._meta.label_lower, note=note)
        self.stdout.write(f"已清理{note}。")
