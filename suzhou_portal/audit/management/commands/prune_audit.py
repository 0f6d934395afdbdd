"""Write what the trail no longer has to keep to files, take it out, and write down that this was done."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from suzhou_portal.audit import parts, trail
from suzhou_portal.audit.enums import Action
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.database.alone import alone
from suzhou_portal.months import months_before


class Command(BaseCommand):
    """Works as the owner of the database: the application's role may not delete from the trail."""

    help = (
        "把超过保存期限（AUDIT_MONTHS，至少6个月，按整月计）的审计日志写入备份文件夹下的 trail，"
        "再从数据库清除，并记录本次清理。"
    )

    def handle(self, *args, **options):
        before = months_before(timezone.localdate(), settings.AUDIT_MONTHS).replace(day=1)
        with alone("portal_archives_trail", "owner"):
            try:
                archived = self._archived(before)
            except OSError as error:
                raise CommandError(f"没有写成存档，没有清理：{error}") from error
            except OperationalError as error:
                raise CommandError(
                    f"有人正在使用审计日志，没有清理，请稍后再运行：{error}"
                ) from error
        for one in archived:
            self.stdout.write(f"已存档{one.rows}条：{one.path}（SHA-256 {one.digest}）")
        self.stdout.write(f"已清理{before:%Y-%m-%d}以前的{sum(one.rows for one in archived)}条。")

    def _archived(self, before):
        with parts.owning() as cursor:
            archived = parts.archive(cursor, before)
            count = sum(one.rows for one in archived)
            files = "、".join(one.path.name for one in archived)
            note = f"{before:%Y-%m-%d}以前的{count}条" + (f"，存档：{files}" if files else "")
            trail.record(Action.PRUNE, using="owner", model=AuditEntry._meta.label_lower, note=note)
            return archived
