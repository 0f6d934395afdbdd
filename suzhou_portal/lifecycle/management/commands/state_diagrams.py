"""Write `docs/lifecycles.md` from the transition tables."""

from django.conf import settings
from django.core.management.base import BaseCommand

from suzhou_portal.lifecycle.diagrams import document


class Command(BaseCommand):
    """For developers, after a table changed."""

    help = "由流转表生成 docs/lifecycles.md 中的状态图。"

    def handle(self, *args, **options):
        file = settings.BASE_DIR / "docs" / "lifecycles.md"
        file.write_text(document(), encoding="utf-8")
        self.stdout.write("已生成 docs/lifecycles.md。")
