"""What is asked before a portal is set up, how each answer is read, and which settings follow."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from suzhou_portal import conf
from suzhou_portal.accounts.models import User
from suzhou_portal.areas import codes
from suzhou_portal.areas.codes import Level
from suzhou_portal.areas.models import Area
from suzhou_portal.cleaning import line
from suzhou_portal.founding import divisions
from suzhou_portal.founding.divisions import DivisionTable
from suzhou_portal.pinyin import syllables

Given = dict[str, Any]
HERE = ("127.0.0.1", "localhost", "[::1]")
_YES, _NO = ("是", "y", "yes"), ("否", "n", "no", "")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: the flag's name, what is asked, how the answer is read (which raises ValidationError),
    and what it is where nobody answers; a question without `optional` must be answered, and one that
    `follows` another is put again where that is answered anew.
    """

    name: str
    asks: str
    read: Callable[[str, Given], Any]
    otherwise: Callable[[Given], str] = lambda _: ""
    applies: Callable[[Given], bool] = lambda _: True
    shown: Callable[[Any], str] = str
    optional: bool = False
    secret: bool = False
    follows: str = ""

    @property
    def title(self) -> str:
        """What it asks for, without how to answer."""
        return re.split("[，；（]", self.asks)[0]

    @property
    def flag(self) -> str:
        """As it is typed on the command line."""
        return f"--{self.name.replace('_', '-')}"


def _district(text: str, _: Given) -> str:
    if not re.fullmatch(r"[1-9]\d{5}", text, re.ASCII) or text.endswith("00"):
        raise ValidationError("应为6位的区县代码，如620921。")
    return text


def _places(text: str, given: Given) -> DivisionTable:
    path = Path(text).expanduser()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ValidationError(f"{text} 读不出来（{error.strerror}）。") from error
    return divisions.read(data, given["code"])


def _name(text: str, _: Given) -> str:
    return str(Area._meta.get_field("name").clean(line(text), None))


def _addresses(text: str, _: Given) -> list[str]:
    found = [one.rstrip("/") for one in re.split(r"[,，、;；\s]+", text) if one]
    for one in found:
        _require_address(one)
    if len({urlsplit(one).scheme for one in found}) > 1:
        raise ValidationError("几个网址要么都用https，要么都用http。")
    return found


def _require_address(text: str) -> None:
    wrong = ValidationError(f"“{text}”不是网址：应为 https://portal.example.gov.cn 的形式。")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018 - which is read only here, and may be none
    except ValueError:
        raise wrong from None
    named = re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", re.sub(r":\d+$", "", parts.netloc))
    if parts.scheme not in _PORTS or not named or text != f"{parts.scheme}://{parts.netloc}":
        raise wrong


def _proxies(text: str, given: Given) -> int:
    if not re.fullmatch(r"\d", text, re.ASCII):
        raise ValidationError("应为0至9的整数。")
    if given["address"][0].startswith("https:") and text == "0":
        raise ValidationError("https由前面的代理提供，至少有1层；见 deploy 文件夹里的例子。")
    if text == "0" and len({urlsplit(one).port for one in given["address"]}) > 1:
        raise ValidationError("没有代理时，几个网址的端口应相同。")
    return int(text)


def _database(text: str, _: Given) -> str:
    try:
        text and conf.database_url(text)
    except ValueError:
        raise ValidationError(f"应为{conf.DATABASE_SHAPE}。") from None
    return text


def _flag(text: str, _: Given) -> bool:
    if text.lower() not in _YES + _NO:
        raise ValidationError("请回答“是”或“否”。")
    return text.lower() in _YES


def _account(column: str) -> Callable[[str, Given], str]:
    field: Any = User._meta.get_field(column)
    return lambda text, _: str(field.clean(text.strip(), None))


def _known(length: int) -> Callable[[Given], str]:
    """What the file calls the division around, or what the portal's own files call it."""
    return lambda given: {
        **given["known"],
        **(given["divisions"].names if "divisions" in given else {}),
    }.get(given.get("code", "")[:length], "")


def _upper(level: Level) -> Callable[[Given], str]:
    return _known(codes.LENGTHS[level])


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _hidden(value: str) -> str:
    """A database without who opens it and how."""
    return value.rpartition("@")[2] or "内置的PostgreSQL"


QUESTIONS = (
    Question(name="code", asks="区县代码（6位）", read=_district,
             otherwise=lambda given: given["before"].get("PORTAL_AREA", "")),
    Question(name="divisions", asks="街道和社区的文件（CSV或Excel，有代码和名称两列）", read=_places,
             otherwise=lambda given: given["kept"](given.get("code", "")), shown=divisions.told,
             follows="code"),
    Question(name="district", asks="区县名称", read=_name, otherwise=_upper(Level.DISTRICT),
             follows="code"),
    Question(name="city", asks="所在市（州、盟）名称", read=_name, otherwise=_upper(Level.CITY),
             follows="code"),
    Question(name="province", asks="所在省（自治区、直辖市）名称", read=_name,
             otherwise=_upper(Level.PROVINCE), follows="code"),
    Question(name="address", asks="访问门户的网址，几个用逗号分隔；只在本机试用则不填", read=_addresses,
             otherwise=lambda given: given["before"].get("PORTAL_URL", ""), optional=True,
             shown=lambda value: "、".join(value) or "只在本机使用"),
    Question(name="proxies", asks="门户前面有几层自己的代理（nginx等）", read=_proxies,
             otherwise=lambda given: str(int(given["address"][0].startswith("https:"))),
             applies=lambda given: bool(given.get("address")), follows="address"),
    Question(name="database", asks="自己的PostgreSQL，即DATABASE_URL；用内置的则不填", read=_database,
             otherwise=lambda given: given["before"].get("DATABASE_URL", ""), optional=True,
             secret=True, shown=_hidden),
    Question(name="database_owner", asks="数据库的所有者，即DATABASE_OWNER_URL；与上面相同则不填",
             otherwise=lambda given: given["before"].get("DATABASE_OWNER_URL", ""), read=_database,
             applies=lambda given: bool(given.get("database")), optional=True, secret=True,
             follows="database", shown=lambda value: _hidden(value) if value else "与上面相同"),
    Question(name="demo", asks="演示数据，要不要（是、否；正式使用选否）", read=_flag,
             otherwise=lambda _: "否", shown=_yes),
    Question(name="administrator", asks="第一个系统管理员的姓名", read=_account("name")),
    Question(name="login", asks="系统管理员的账号", read=_account("username"),
             otherwise=lambda given: "".join(syllables(given.get("administrator", "")))),
)  # fmt: skip


def places_of(given: Given) -> dict[str, str]:
    """All divisions of the portal by their codes: those of the file, and those that were asked for."""
    code = given["code"]
    upper = (Level.PROVINCE, given["province"]), (Level.CITY, given["city"])
    named = {code[: codes.LENGTHS[level]]: name for level, name in upper}
    return {**given["divisions"].names, **named, code: given["district"]}


def settings_of(given: Given, state: Path, seeds: Path) -> dict[str, str]:
    """The settings that follow from the answers, by the names that `.env.example` has."""
    database = given["database"]
    return {
        "PORTAL_AREA": given["code"],
        "PORTAL_STATE": str(state),
        "PORTAL_SEEDS": str(seeds),
        "DATABASE_URL": database,
        "DATABASE_OWNER_URL": given.get("database_owner", ""),
        "SECRET_KEY": given["before"].get("SECRET_KEY") or (given["key"] if database else ""),
        **_reached(given["address"], given.get("proxies", 0)),
    }


def _reached(addresses: list[str], proxies: int) -> Mapping[str, str]:
    parts = [urlsplit(one) for one in addresses]
    hosts = [re.sub(r":\d+$", "", one.netloc) for one in parts]
    https = bool(parts) and parts[0].scheme == "https"
    found = {
        "PORTAL_URL": addresses[0] if addresses else "",
        "ALLOWED_HOSTS": ",".join(dict.fromkeys([*hosts, *HERE])),
        "CSRF_TRUSTED_ORIGINS": ",".join(addresses) if proxies else "",
        "HTTPS": str(https).lower(),
        "PROXY_COUNT": str(proxies),
    }
    if addresses and not proxies:  # the portal itself is what people reach
        found |= {"PORTAL_BIND": "0.0.0.0", "PORT": str(parts[0].port or _PORTS["http"])}  # noqa: S104
    return found
