"""Write the pages of `docs/` that are made from what the code declares."""

from django.conf import settings
from django.core.management.base import BaseCommand

from suzhou_portal.lifecycle import diagrams
from suzhou_portal.records import role_table

PAGES = {"lifecycles.md": diagrams.document, "roles.md": role_table.document}


class Command(BaseCommand):
    """For developers, after a lifecycle or the roles of a kind changed."""

    help = "由声明生成 docs/lifecycles.md 和 docs/roles.md。"

    def handle(self, *args, **options):
        for name, document in PAGES.items():
            (settings.BASE_DIR / "docs" / name).write_text(document(), encoding="utf-8")
            self.stdout.write(f"已生成 docs/{name}。")
