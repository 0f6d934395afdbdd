"""From nothing to a district's portal with its divisions and its first administrator, guided."""

import csv
import os
import secrets
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from suzhou_portal.founding import asking, divisions, dotenv
from suzhou_portal.founding.answers import QUESTIONS, Given, places_of, settings_of

UNSAID = "已有的 .env 要改写这些设置：{}。其余各行不变。"
NEXT = """
接下来：
  1. 启动门户：make serve{proxy}。
  2. 用上面的账号和一次性密码登录 {address}/account/sign-in/ ，改成自己的密码。
  3. 在“账号”里给各街道、社区的同事开通账号；页脚的网站信息在 .env 里补（SITE_SPONSOR 等）。
  4. 需要区级人事（查看薪酬）时：manage.py first_account 账号 姓名 --role hr
  5. 长期运行、备份、升级，见 docs/operations.md。"""


class Command(BaseCommand):
    """Safe to run again: goes on where it was interrupted, and changes nothing of a portal in use."""

    help = "从零建立一个区的门户：逐项提问（也可以全部写成参数），然后准备好一切，开通第一个管理员的账号。"
    requires_system_checks = ()

    def add_arguments(self, parser):
        for one in QUESTIONS:
            text = f"{one.asks}。"
            if one.name == "demo":
                parser.add_argument(one.flag, action="store_const", const="是", help=text)
            else:
                parser.add_argument(one.flag, help=text)
        parser.add_argument("--overwrite", action="store_true", help="可以改写已有的 .env。")
        parser.add_argument(
            "--no-input", action="store_true", help="不提问：全部写成参数，缺什么就说明并停下。"
        )

    def handle(self, *args, **options):
        begun = time.monotonic()
        dotenv_path = Path(settings.BASE_DIR) / ".env"
        given = _known(dotenv.read(dotenv_path))
        if options["no_input"]:
            asking.without_asking(options, given)
            asking.show(given, self._say)
            if (told := _told(given)) and not options["overwrite"]:
                raise CommandError(f"{told}同意就加上 --overwrite。什么都没有做。")
        else:
            self._say("建立一个区的门户。每项都可以改，全部看过以后才动手。\n")
            asking.ask(options, given, self._say)
            asking.agreed(given, self._say, lambda: _told(given))
        self._found(given, dotenv_path)
        self._say(f"\n全部完成，用时{time.monotonic() - begun:.0f}秒。")
        self._say(_next(given))

    def _found(self, given: Given, dotenv_path: Path) -> None:
        """Do it all, each step in a process of its own that reads the settings anew."""
        values, demo = _values(given), ["--demo"] if given["demo"] else []
        environment = {**os.environ, **values}
        for name in given["before"].keys() - values.keys():
            environment.pop(name, None)  # read from the file itself
        self._say("\n1/4 检查数据库……")
        before = {**environment, "PORTAL_SEEDS": ""}  # the folder is not
        _run(["first_account", "--check", *demo], before)
        self._say("2/4 写区划文件和 .env……")
        _write(given, values, dotenv_path)
        self._say("3/4 准备数据库、区划和静态文件……")
        _run(["prepare", *demo], environment)
        self._say("4/4 开通系统管理员的账号……")
        _run(["first_account", given["login"], given["administrator"]], environment)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _known(before: dict[str, str]) -> Given:
    """What is known before anybody is asked: settings that are there, and names of divisions."""
    own = Path(settings.BASE_DIR) / "seeds"
    seeds = settings.PORTAL_SEEDS
    folder = settings.PORTAL_STATE / "seeds" if seeds == own else seeds
    kept = folder / "divisions"
    databases = ("DATABASE_URL", "DATABASE_OWNER_URL")
    named = {name: os.environ[name] for name in databases if os.environ.get(name)}
    return {
        "before": {**before, **named},
        "seeds": folder,
        "key": secrets.token_urlsafe(50),
        "known": dict(chain(*(_names(file) for file in sorted((own / "divisions").glob("*.csv"))))),
        "kept": lambda code: str(file) if (file := kept / f"{code}.csv").is_file() else "",
    }


def _names(file: Path) -> list[tuple[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [(line["code"], line["name"]) for line in csv.DictReader(lines)]


def _values(given: Given) -> dict[str, str]:
    return settings_of(given, settings.PORTAL_STATE, given["seeds"])


def _told(given: Given) -> str:
    """Which lines of a `.env` file that is there would change; blank where none would."""
    values, path = _values(given), Path(settings.BASE_DIR) / ".env"
    there = dotenv.read(path)
    changed = [name for name, value in values.items() if there.get(name, "") != value]
    return UNSAID.format("、".join(changed)) if changed and path.exists() else ""


def _write(given: Given, values: dict[str, str], path: Path) -> None:
    folder = given["seeds"]
    text = path if path.exists() else Path(settings.BASE_DIR) / ".env.example"
    try:
        for kind in ("divisions", "published"):
            (folder / kind).mkdir(parents=True, exist_ok=True)
        file = folder / "divisions" / f"{given['code']}.csv"
        dotenv.write(file, divisions.written(places_of(given)), 0o644)
        dotenv.write(path, dotenv.changed(text.read_text("utf-8-sig"), values))
    except OSError as error:
        raise CommandError(f"{error.filename} 不能写入（{error.strerror}）。") from error


def _run(words: list[str], environment: dict[str, str]) -> None:
    """Run a command of the portal; what it says is said at once. Raises CommandError where it fails."""
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *words]
    if subprocess.run(command, env=environment, check=False).returncode:  # noqa: S603 - our own words
        raise CommandError("没有完成，原因见上。改正以后再运行一次 setup，会接着做。")


def _next(given: Given) -> str:
    """What is to be done when all is set up."""
    proxy = "，并按 deploy 文件夹里的例子配置代理" if given.get("proxies") else ""
    values = _values(given)
    port = values.get("PORT", settings.PORT)
    address = values["PORTAL_URL"] or f"http://127.0.0.1:{port}"
    return NEXT.format(proxy=proxy, address=address)
