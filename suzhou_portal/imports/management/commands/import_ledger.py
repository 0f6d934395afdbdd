"""Import a ledger from a file on the server."""

import argparse
from pathlib import Path

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from suzhou_portal.accounts.models import User
from suzhou_portal.audit import trail
from suzhou_portal.imports.importing import bring
from suzhou_portal.imports.registry import ledgers

SHOWN = 100


class Command(BaseCommand):
    """Acts as an account, with its permissions, in its divisions; the trail names it."""

    help = "导入一份台账：全部导入，或一条也不导入并列出问题。"

    def add_arguments(self, parser):
        kinds = [ledger.name for ledger in ledgers.all()]
        parser.add_argument("kind", choices=kinds, help="台账种类。")
        parser.add_argument("file", type=Path, help="CSV 或 xlsx 文件。")
        parser.add_argument("--by", required=True, metavar="ACCOUNT", help="以哪个账号导入。")
        parser.add_argument(
            "--skip-existing", action=argparse.BooleanOptionalAction, default=False,
            help="跳过已有的记录。",
        )  # fmt: skip

        parser.add_argument(
            "--update-existing", action=argparse.BooleanOptionalAction, default=False,
            help="照文件修改已有的记录。",
        )  # fmt: skip

    def handle(self, *args, **options):
        user = User.objects.filter(username=options["by"]).first()
        if user is None:
            raise CommandError(f"没有账号“{options['by']}”。")
        ledger, file = ledgers.get(options["kind"]), options["file"]
        chosen = {"skip": options["skip_existing"], "update": options["update_existing"]}
        actor = trail.Actor(
            id=user.pk, name=str(user), origin=f"import_ledger {ledger.name}", user=user
        )
        try:
            data = file.read_bytes()
            with trail.acting(lambda: actor):
                outcome = bring(ledger, data, user, name=file.name, **chosen)
        except OSError as error:
            raise CommandError(f"文件读不了：{error.strerror}。") from error
        except PermissionDenied as error:
            raise CommandError(f"这个账号不能导入{ledger.title}。") from error
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        for one in outcome.left_out:
            self.stdout.write(f"没有导入：{one.where} {one.text}：{one.why}")
        for problem in outcome.problems[:SHOWN]:
            self.stdout.write(f"{problem}")
        if outcome.problems:
            more = "以上" if outcome.cut_short else ""
            raise CommandError(f"没有导入：共{len(outcome.problems)}个{more}问题。")
        self.stdout.write(f"已导入{outcome.imported}条{outcome.beside}{outcome.merged}。")
