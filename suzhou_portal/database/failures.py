"""What a failure of the database means, in Chinese and in one line: which setting it hangs on, what to do.

A server that refuses a connection says so in words alone, in its own language; nothing of them is shown on
that may hold a password.
"""

import re
from typing import Any

FULL = "full"
_CHECKED = "请检查主机、端口，确认数据库已经启动、防火墙放行"
# Why no connection was made: words of the server or of the client, and what to do.
_REFUSED: dict[str, tuple[str, str]] = {
    FULL: (
        "too many (clients|connections)|connection slots are reserved|太多的客户|连接太多|连接过多|连接位置|连接槽",
        "数据库的连接已经用完：请调大数据库的 max_connections 或该用户的连接上限，或减少 WORKERS",
    ),
    "password": (
        "password authentication failed|no password supplied|authentication failed|认证失败",
        "用户名或密码不对，数据库拒绝登录",
    ),
    "database": (
        'database ".*" does not exist|数据库 *"[^"]*" *不存在',
        "所写的数据库不存在：请先建库，或改正库名",
    ),
    "role": ('role ".*" does not exist|角色 *"[^"]*" *不存在', "所写的用户在数据库里不存在：请先建用户"),
    "login": ("not permitted to log ?in|不允许登录", "所写的用户不能登录：请为它加上 LOGIN"),
    "hba": ("pg_hba", "数据库不允许这个用户从这台机器登录：请修改数据库的 pg_hba.conf"),
    "connect": (
        "permission denied for database|对数据库 *[^ ]* *权限不够",
        "所写的用户无权连接这个数据库：请执行 GRANT CONNECT",
    ),
    "host": (
        "could not translate host name|name resolution|resolve|Name or service",
        "主机名找不到：请检查主机名和本机的域名解析",
    ),
    "starting": (
        "starting up|shutting down|recovery mode|not yet accepting|正在启动|正在关闭",
        "数据库正在启动或停止，请稍候再试",
    ),
    "option": ("invalid (connection|URI)|invalid .* value|invalid port|missing \"=\"", "地址里的参数不正确"),
    "away": (
        "refused|No such file|time(d )?out|No route|unreachable|reset by peer|closed the connection",
        f"数据库连接不上：{_CHECKED}",
    ),
    "ssl": ("SSL|sslmode|certificate", "加密连接没有成功：请检查 sslmode 和证书"),
}  # fmt: skip
# What a connection was refused that had been made, by SQLSTATE.
_STATES = {
    "42501": "数据库用户的权限不够：请用库的所有者（DATABASE_OWNER_URL）运行 migrate，"
    "并确认它可以在 public 模式中建表",
    "53100": "数据库所在的磁盘已满：请清出空间",
    "25006": "数据库现在只读：请检查它是否是备用库、磁盘是否已满",
    "57P01": "数据库停止了这个连接，请稍候再试",
}


def cause(error: BaseException) -> str:
    """Why no connection was made, by a key of `_REFUSED`; blank where nothing tells."""
    text = str(error)
    for key, (words, _) in _REFUSED.items():
        if re.search(words, text, re.IGNORECASE):
            return key
    return ""


def of_connecting(error: BaseException, variable: str) -> str:
    """What to tell of a connection that was not made, to whoever set this variable."""
    found = cause(error)
    told = _REFUSED[found][1] if found else f"数据库连接失败：{_CHECKED}"
    return f"{variable}：{told}。"


def of_statement(error: BaseException) -> str:
    """What to tell of a statement that failed for what only an administrator can mend; blank for all else."""
    told = _STATES.get(sqlstate(error) or "", "")
    if not told and type(error).__name__ == "NotSupportedError" and "PostgreSQL" in str(error):
        found = re.search(r"found ([\d.]+)", str(error))
        told = f"数据库的版本太旧（{found[1] if found else '不明'}）：请使用 PostgreSQL 15 或更新的版本"
    return f"{told}。" if told else ""


def sqlstate(error: BaseException | None) -> str | None:
    """PostgreSQL's word for what went wrong, through Django's wrapping; None where it said none."""
    while error is not None:
        state: Any = getattr(error, "sqlstate", None)
        if state:
            return state
        error = error.__cause__ or error.__context__
    return None
