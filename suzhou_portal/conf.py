"""Reading settings from the environment: each bad value is an error that names its variable."""

import datetime
import os
import re
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

import environ
from django.core.exceptions import ImproperlyConfigured

from suzhou_portal import misspelt
from suzhou_portal.embedded import roles

T = TypeVar("T")
TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}
LEVELS = ("country", "province", "city", "district", "street", "community")
SPANS = ("days", "weeks", "months")
PERIOD_KINDS = ("month", "quarter", "year")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASE_SHAPE = "postgres://user:password@host:5432/name，密码里的特殊字符用百分号编码"
CONNECTION = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


# What is never shown, not even where it can't be read.
SECRETS = {
    "DATABASE_URL", "DATABASE_OWNER_URL", "EMAIL_URL", "SECRET_KEY", "SMS_GATEWAY", "SMS_TOKEN",
    "DEMO_PASSWORD", "ALERT_WEBHOOK", "METRICS_TOKEN",
}  # fmt: skip


class Environment:
    """The process environment, filled up from a `.env` file where there is one."""

    def __init__(self, dotenv: Path):
        self.known: set[str] = set()  # names that were asked for
        self._dotenv = misspelt.names_in(dotenv)
        if dotenv.is_file():
            environ.Env.read_env(str(dotenv), encoding="utf-8-sig")

    def refuse_unknown(self) -> None:
        """Raise ImproperlyConfigured for names that nothing has asked for, and that are meant for the portal."""
        misspelt.refuse(self.known, self._dotenv, os.environ)

    def read(self, name: str, default: str, parse: Callable[[str], T], expected: str) -> T:
        """The value of `name`, parsed; blank counts as the default.

        Raises ImproperlyConfigured naming the variable where that fails.
        """
        self.known.add(name)
        text = os.environ.get(name, "").strip() or default
        with suppress(ValueError, KeyError):
            return parse(text)
        shown = name if name in SECRETS else f"{name}={text!r}"
        raise ImproperlyConfigured(f"环境变量 {shown} 不正确：应为{expected}。")

    def text(self, name: str, default: str) -> str:
        """Plain text."""
        return self.read(name, default, str, "文字")

    def words(self, name: str, default: str) -> list[str]:
        """Comma separated words."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false. Written out, since every other spelling of false would count as true."""
        return self.read(name, str(default), _flag, "true 或 false")

    def file(self, name: str, default: Path) -> Path:
        """A file that is there."""
        return self.read(name, str(default), _file, "一个能读的文件")

    def folder(self, name: str) -> Path | None:
        """A folder that is there, or None where blank."""
        return self.read(name, "", _folder, "一个文件夹")

    def whole(self, name: str, default: str, least: int, most: int) -> int:
        """A whole number between two bounds, both allowed."""
        allowed = range(least, most + 1)
        return self.read(
            name, default, lambda text: allowed[allowed.index(int(text))], f"{least}至{most}的整数"
        )

    def date(self, name: str) -> datetime.date | None:
        """A date as yyyy-mm-dd, or None where blank."""
        return self.read(name, "", _date, "yyyy-mm-dd 形式的日期")

    def area_code(self, name: str, default: str) -> str:
        """A division code: CN, or 2, 4, 6, 9 or 12 digits."""
        return self.read(name, default, _area_code, "CN 或 2、4、6、9、12 位区划代码")

    def reported_periods(self, name: str, default: str) -> list[tuple[str, str]]:
        """Pairs of a level and a kind of period, as level:kind."""
        expected = "级别和时期，用半角冒号和逗号分隔，如 community:quarter"
        return self.read(name, default, _reported_periods, expected)

    def spans(self, name: str, default: str) -> dict[str, int]:
        """How many days, weeks and months, each as name:number, in any order; at least one of them."""
        return self.read(name, default, _spans, "days:7,weeks:5,months:12 形式的个数，至少一项")

    def log_level(self, name: str, default: str) -> str:
        """One of the names of LOG_LEVELS."""
        known = {level: level for level in LOG_LEVELS}
        return self.read(name, default, known.__getitem__, "、".join(LOG_LEVELS))

    def secret_key(self, name: str, state: Path, *, required: bool) -> str:
        """The signing key: given, or (not for a real site) made once and kept under the state."""
        if given := self.text(name, ""):
            return given
        if required:
            raise ImproperlyConfigured(f"请设置环境变量 {name}：正式站点必须使用自己的密钥。")
        return _kept_secret(state / "secret_key")

    def mail_server(self, name: str) -> dict[str, Any]:
        """Django's settings of a mail server."""
        found = self.read(name, "", _mail_url, "smtp+tls://user:password@host:587 形式的地址")
        return {**found, "EMAIL_TIMEOUT": 30}

    def mail_addresses(self, name: str) -> list[str]:
        """Addresses of people, comma separated."""
        return self.read(name, "", _mail_addresses, "邮件地址，用半角逗号分隔")

    def web_address(self, name: str) -> str:
        """An address to which something is posted, blank for none."""
        return self.read(name, "", _web_address, "https:// 开头的地址")

    def databases(self, state: Path) -> dict[str, dict[str, Any]]:
        """`default` for the application and `owner` for migrations, in one database.

        In tests the application's connection mirrors the owner's database under its own role, so
        that what the application may not do fails in a test as it would in life.
        """
        url, own = self.text("DATABASE_URL", ""), self.text("DATABASE_OWNER_URL", "")
        if url:
            app = self.read("DATABASE_URL", "", database_url, DATABASE_SHAPE)
            owner = self.read("DATABASE_OWNER_URL", url, database_url, DATABASE_SHAPE)
            app["VARIABLE"] = "DATABASE_URL"
            owner["VARIABLE"] = "DATABASE_OWNER_URL" if own else "DATABASE_URL"
        else:
            here = {
                "ENGINE": "suzhou_portal.embedded", "NAME": roles.DATABASE, "HOST": str(state),
                "VARIABLE": "PORTAL_STATE",
            }  # fmt: skip
            app, owner = {**here, "USER": roles.APP}, {**here, "USER": roles.OWNER}
        return {
            "default": {**app, **CONNECTION, "TEST": {"MIRROR": "owner"}},
            "owner": {**owner, "TEST": {"DEPENDENCIES": []}},
        }


def _file(text: str) -> Path:
    path = Path(text).absolute()
    if not path.is_file():
        raise ValueError(text)
    return path


def _folder(text: str) -> Path | None:
    path = Path(text).absolute()
    if text and not path.is_dir():
        raise ValueError(text)
    return path if text else None


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _flag(text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise ValueError(text)


def _area_code(text: str) -> str:
    if re.fullmatch(r"CN|\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", text, re.ASCII):
        return text
    raise ValueError(text)


def _reported_periods(text: str) -> list[tuple[str, str]]:
    split = [one.strip().split(":") for one in text.split(",") if one.strip()]
    pairs = [(level, kind) for level, kind in split]  # whatever is no pair is a ValueError here
    if not pairs or not {*pairs} <= {*product(LEVELS, PERIOD_KINDS)}:
        raise ValueError(text)
    return pairs


def _spans(text: str) -> dict[str, int]:
    pairs = [one.strip().split(":") for one in text.split(",") if one.strip()]
    spans = {name: int(count) for name, count in pairs}
    if not set(spans) <= set(SPANS) or len(spans) != len(pairs) or min(spans.values()) < 1:
        raise ValueError(text)  # min() of nothing is a ValueError as well
    return spans


def database_url(text: str) -> dict[str, Any]:
    """What Django takes for the address of a PostgreSQL database. Raises ValueError."""
    if text.partition("://")[0] not in ("postgres", "postgresql"):
        raise ValueError(text)  # environ would warn of it with the whole address
    config = environ.Env.db_url_config(text)
    if not config["NAME"]:
        raise ValueError(text)
    return config | {"ENGINE": "suzhou_portal.database"}


def _mail_url(text: str) -> dict[str, Any]:
    try:
        return environ.Env.email_url_config(text) if text else {}
    except ImproperlyConfigured as error:
        raise ValueError(text) from error


def _mail_addresses(text: str) -> list[str]:
    found = [one.strip() for one in text.split(",") if one.strip()]
    if not all(re.fullmatch(r"[^\s@]+@[^\s@]+", one) for one in found):
        raise ValueError(text)
    return found


def _web_address(text: str) -> str:
    if text and not re.fullmatch(r"https?://[^\s/]+\S*", text):
        raise ValueError(text)
    return text


def _kept_secret(file: Path) -> str:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _write_once(file, secrets.token_urlsafe(50))
        return file.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"PORTAL_STATE={file.parent} 不能写入（{error.strerror}）；请换一个可写的文件夹。"
        ) from error


def _write_once(file: Path, text: str) -> None:
    """Whole or not at all, readable by nobody else; of several processes the first one wins."""
    with tempfile.NamedTemporaryFile("w", dir=file.parent) as draft:
        draft.write(text)
        draft.flush()
        with suppress(FileExistsError):
            os.link(draft.name, file)
