"""Open the first account of an administrator, or of the personnel office: what `setup` ends with."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from suzhou_portal.accounts.roles import Role
from suzhou_portal.founding import first


class Command(BaseCommand):
    """Refuses where somebody holds the role already."""

    help = "开通本区第一个系统管理员（或区级人事）的账号，显示一次性密码。已有的不改动。"

    def add_arguments(self, parser):
        parser.add_argument("login", nargs="?", help="账号。")
        parser.add_argument("name", nargs="?", help="姓名。")
        parser.add_argument(
            "--role", choices=first.FIRST, default=Role.ADMINISTRATOR, help="角色。"
        )
        parser.add_argument(
            "--check", action="store_true", help="只看这个数据库能不能用来建新的门户，不作改动。"
        )
        parser.add_argument("--demo", action="store_true", help="与 --check 同用：允许有演示数据。")

    def handle(self, *args, **options):
        role = Role(options["role"])
        try:
            if options["check"]:
                first.refuse_what_is_there(demonstration=options["demo"])
                return
            login, name = options["login"] or "", options["name"] or ""
            password = first.open_first(login, name, role)
        except ValidationError as error:
            raise CommandError("".join(error.messages)) from error
        self.stdout.write(
            f"\n{role.label}{name}的账号：{login}\n"
            f"一次性密码：{password}   （只显示这一次；首次登录时必须改成自己的密码）"
        )
