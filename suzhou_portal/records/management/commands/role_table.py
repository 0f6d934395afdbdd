"""Write `docs/roles.md` from what the kinds of record declare."""

from django.conf import settings
from django.core.management.base import BaseCommand

from suzhou_portal.records.role_table import document


class Command(BaseCommand):
    """For developers, after the roles of a kind changed."""

    help = "由各类记录的声明生成 docs/roles.md 中的角色权限表。"

    def handle(self, *args, **options):
        file = settings.BASE_DIR / "docs" / "roles.md"
        file.write_text(document(), encoding="utf-8")
        self.stdout.write("已生成 docs/roles.md。")
