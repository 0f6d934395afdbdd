"""Each failure of the database is one line in Chinese that names the setting and says what to do."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings as configured
from django.db import OperationalError, connections
from psycopg import sql

from suzhou_portal.database import base, failures, room
from suzhou_portal.embedded import roles
from tests.databases.server import _connect, server
from tests.test_foundation import embedded_only

PASSWORD = "hush-hush-4711"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('FATAL:  password authentication failed for user "app"', "用户名或密码不对"),
        ('致命错误:  用户 "app" Password 认证失败', "用户名或密码不对"),
        ("fe_sendauth: no password supplied", "用户名或密码不对"),
        ('FATAL:  database "none" does not exist', "请先建库"),
        ('致命错误:  数据库 "none" 不存在', "请先建库"),
        ('FATAL:  role "nobody" does not exist', "请先建用户"),
        ('FATAL:  role "nobody" is not permitted to log in', "LOGIN"),
        ('FATAL:  permission denied for database "portal"', "GRANT CONNECT"),
        ('no pg_hba.conf entry for host "10.0.0.1"', "pg_hba.conf"),
        ("FATAL:  sorry, too many clients already", "max_connections"),
        ('FATAL:  too many connections for role "app"', "max_connections"),
        ("remaining connection slots are reserved for roles with the SUPERUSER", "max_connections"),
        ("could not translate host name", "主机名找不到"),
        ("failed to resolve host 'db': [Errno -2] Name or service not known", "主机名找不到"),
        ("connection refused", "连接不上"),
        ("connection timeout expired", "连接不上"),
        ("FATAL:  the database system is starting up", "正在启动或停止"),
        ("server does not support SSL, but SSL was required", "sslmode"),
        ('invalid connection option "sslmod"', "参数不正确"),
        ("something that nobody has seen", "数据库连接失败"),
    ],
)
def test_what_is_told_of_a_refusal(said, told):
    line = failures.of_connecting(psycopg.OperationalError(said), "DATABASE_URL")
    assert line.startswith("DATABASE_URL：")
    assert told in line
    assert "\n" not in line


def run(*arguments, **environment):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=configured.BASE_DIR, capture_output=True, text=True, check=False,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "suzhou_portal.settings", "SECRET_KEY": "k" * 50} | environment,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@embedded_only
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgres://{user}:{password}@/none?host={host}", "请先建库"),
        ("postgres://nobody:{password}@/postgres?host={host}", "请先建用户"),
        ("postgres://{user}:{password}@127.0.0.1:1/postgres", "连接不上"),
        ("postgres://{user}:{password}@/postgres?host={host}&sslmod=off", "参数不正确"),
        # Whose tables nobody may make: PostgreSQL 15 and later give the schema to its owner alone.
        ("postgres://{app}:{password}@/postgres?host={host}", "权限不够"),
    ],
)
def test_migrate_says_so_in_one_line_without_the_password(tmp_path, url, told):
    host = server().info.host
    url = url.format(user=roles.OWNER, app=roles.APP, password=PASSWORD, host=host)
    code, output = run("migrate", DATABASE_URL=url, PORTAL_STATE=str(tmp_path))
    assert code == 1
    line = output.splitlines()[-1]
    assert line.startswith("错误：")
    assert told in line
    assert "Traceback" not in output
    assert PASSWORD not in output


@embedded_only
class TestAllConnectionsAreTaken:
    @pytest.fixture
    def role(self):
        """A role that may be connected once."""
        name = f"test_one_{os.getpid()}"
        with _connect(user=roles.SUPERUSER) as superuser:
            role = sql.Identifier(name)
            superuser.execute(sql.SQL("CREATE ROLE {} LOGIN CONNECTION LIMIT 1").format(role))
            yield name
            superuser.execute(sql.SQL("DROP ROLE {}").format(role))

    @pytest.fixture
    def ours(self, role):
        one = connections["owner"].copy()
        one.settings_dict |= {"USER": role, "NAME": "postgres"}
        yield one
        one.close()

    def taken(self, role):
        return psycopg.connect(host=server().info.host, user=role, dbname="postgres")

    def test_who_comes_waits_a_moment(self, django_db_blocker, role, ours, monkeypatch):
        holder, pauses = self.taken(role), []

        def pause(seconds):
            pauses.append(seconds)
            holder.close()

        monkeypatch.setattr(base.time, "sleep", pause)
        with django_db_blocker.unblock():
            ours.ensure_connection()
        assert pauses[0] == base.PAUSES[0]
        assert sum(base.PAUSES) < 4

    def test_and_is_told_in_the_end(self, django_db_blocker, role, ours, monkeypatch):
        monkeypatch.setattr(base.time, "sleep", lambda seconds: None)
        with (
            self.taken(role),
            django_db_blocker.unblock(),
            pytest.raises(OperationalError, match="PORTAL_STATE：数据库的连接已经用完"),
        ):
            ours.ensure_connection()


@pytest.mark.django_db
def test_a_start_says_where_connections_will_not_suffice():
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int"
            " - current_setting('superuser_reserved_connections')::int"
        )
        allowed = cursor.fetchone()[0]
    assert room.shortage(allowed - room.BESIDES) == ""
    assert f"只允许{allowed}个连接" in room.shortage(allowed - room.BESIDES + 1)
