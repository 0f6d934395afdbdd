"""Settings from the environment: each bad value names its variable."""

import datetime
import re
import stat
import traceback
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from suzhou_portal import conf, misspelt
from suzhou_portal.embedded import roles
from tests.afresh import settings_read_afresh

EXAMPLE = Path(settings.BASE_DIR) / ".env.example"
URL = "postgres://app:secret@db.example.cn:5432/portal"
OWNER_URL = "postgres://boss:secret@db.example.cn:5432/portal"
SITE = {"DATABASE_URL": URL, "SECRET_KEY": "k" * 50}


@pytest.fixture
def load(monkeypatch, tmp_path):
    """Runs the settings afresh in an environment, and gives what they define."""

    def load(**environment):
        for name in names_in_example():
            monkeypatch.setenv(name, "")
        for name, value in ({"PORTAL_STATE": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        return settings_read_afresh()

    return load


def names_in_example():
    return re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE)


def chosen(namespace):
    """What the settings define, but for what is made anew each time."""
    return {
        name: value
        for name, value in namespace.items()
        if name.isupper() and name not in ("SECRET_KEY",)
    }


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORTAL_AREA", "62090", "区划代码"),
        ("PORTAL_AREA", "cn", "区划代码"),
        ("PORTAL_AREA", "６２０９０２", "区划代码"),
        ("PORTAL_AREA", "620902004004001", "区划代码"),
        ("PORTAL_AS_OF", "2023-02-30", "yyyy-mm-dd"),
        ("PORTAL_AS_OF", "2023年4月30日", "yyyy-mm-dd"),
        ("PORT", "0", "1至65535的整数"),
        ("PORT", "65536", "1至65535的整数"),
        ("PORT", "八千", "1至65535的整数"),
        ("WORKERS", "1.5", "1至64的整数"),
        ("WORKERS", "65", "1至64的整数"),
        ("DEBUG", "ture", "true 或 false"),
        ("HTTPS", "2", "true 或 false"),
        ("LOG_LEVEL", "verbose", "DEBUG、INFO、WARNING、ERROR"),
        ("LOG_LEVEL", "debug", "DEBUG、INFO、WARNING、ERROR"),
        ("DATABASE_URL", "mysql://app@db/portal", "postgres://"),
        ("DATABASE_URL", "portal", "postgres://"),
        ("DATABASE_OWNER_URL", "sqlite:///portal.db", "postgres://"),
        ("PORTAL_SEEDS", "no/such/folder", "不是一个文件夹"),
        ("PASSWORD_DAYS", "-1", "0至3650的整数"),
        ("PASSWORD_DAYS", "九十", "0至3650的整数"),
        ("REQUIRE_SECOND_FACTOR", "ja", "true 或 false"),
        ("IDLE_MINUTES", "0", "1至1440的整数"),
        ("LOCKOUT_FAILURES", "0", "1至100的整数"),
        ("REPORTED_PERIODS", "community", "级别和时期"),
        ("REPORTED_PERIODS", "village:month", "级别和时期"),
        ("REPORTED_PERIODS", "street:week", "级别和时期"),
        ("REPORTED_PERIODS", "a:b:c", "级别和时期"),
        ("REPORTED_PERIODS", ",", "级别和时期"),
        ("LOCKOUT_MINUTES", "1441", "1至1440的整数"),
        ("PROXY_COUNT", "-1", "0至9的整数"),
        ("PROXY_COUNT", "10", "0至9的整数"),
        ("AUDIT_MONTHS", "5", "6至600的整数"),
        ("PERSONAL_DATA_MONTHS", "0", "1至600的整数"),
        ("ALERT_MAIL", "a@b.cn,张三", "邮件地址"),
        ("ALERT_WEBHOOK", "qyapi.example.cn/robot", "https://"),
    ],
)
def test_a_bad_value_names_its_variable(load, name, value, expected):
    environment = SITE if name.startswith("DATABASE") else {}
    with pytest.raises(ImproperlyConfigured, match=name) as caught:
        load(**{**environment, name: value})
    message = str(caught.value)
    assert expected in message
    assert "\n" not in message


PASSWORD = "hush-hush-4711"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", f"postgress://app:{PASSWORD}@db/portal"),
        ("DATABASE_URL", f"app:{PASSWORD}@db/portal"),
        ("DATABASE_URL", f"postgres://app:{PASSWORD}/x@db:5432/portal"),
        ("DATABASE_URL", f"postgres://app:{PASSWORD}@db:5x/portal"),
        ("DATABASE_URL", f"postgres://app:{PASSWORD}@db"),
        ("DATABASE_OWNER_URL", f"mysql://app:{PASSWORD}@db/portal"),
        ("EMAIL_URL", f"mailto://portal:{PASSWORD}@mail:25"),
        ("EMAIL_URL", f"smtp://portal:{PASSWORD}@mail:x"),
        ("EMAIL_URL", f"smtp://portal:[{PASSWORD}@mail:25"),
        ("ALERT_WEBHOOK", f"qyapi.example.cn/robot?key={PASSWORD}"),
    ],
)
def test_a_bad_secret_is_not_shown(load, name, value):
    with pytest.raises(ImproperlyConfigured, match=name) as caught:
        load(**{**SITE, name: value})
    told = "".join(traceback.format_exception(caught.value))
    assert PASSWORD not in told
    assert "不正确：应为" in str(caught.value)


def test_whatever_may_be_secret_is_known_to_be():
    named = {
        name
        for name in names_in_example()
        if re.search("_URL$|SECRET_|TOKEN|PASSWORD$|GATEWAY|WEBHOOK", name) and name != "PORTAL_URL"
    }
    assert named == conf.SECRETS


class TestNames:
    """A name that nothing reads is an error, not silence."""

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("PORTAL_AERA", "PORTAL_AREA"), ("PORTAL_STAT", "PORTAL_STATE"), ("DATABSE_URL", "DATABASE_URL"),
            ("SECRETKEY", "SECRET_KEY"), ("ALLOWED_HOST", "ALLOWED_HOSTS"), ("PORTAL_COLOUR", None),
            ("PORTAL_AT_ALL", None),
        ],
    )  # fmt: skip
    def test_a_slip_in_the_environment(self, load, name, meant):
        with pytest.raises(ImproperlyConfigured, match=f"环境变量 {name} 不是门户的设置") as caught:
            load(**{name: "secret"})
        assert (f"是不是 {meant}？" if meant else ".env.example") in str(caught.value)
        assert "secret" not in str(caught.value)

    @pytest.mark.parametrize(
        "name", ["HOSTS", "PORTS", "EDITOR", "TERM_PROGRAM", "DATABASE", "portal"]
    )
    def test_what_is_not_ours_passes(self, load, name):
        load(**{name: "1"})

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("PROXY_COUNTS=1", "是不是 PROXY_COUNT？"),
            ("COLOUR=red", "COLOUR 不是门户的设置"),
            ("port=80", "port 不是门户的设置"),
            ("PORT = 80", "第2行不是“名称=值”的形式"),
            ("\ufeffLOG_LEVL=DEBUG", "是不是 LOG_LEVEL？"),
        ],
    )
    def test_a_slip_in_the_file(self, tmp_path, line, told):
        file = tmp_path / ".env"
        file.write_text(f"{line}\n" if line[0] == "\ufeff" else f"# ours\n{line}\n")
        with pytest.raises(ImproperlyConfigured, match=re.escape(told)):
            misspelt.refuse(names_in_example(), misspelt.names_in(file), [])

    def test_a_file_that_no_text_is(self, tmp_path):
        (tmp_path / ".env").write_bytes(b"\xff\xfeP\0O\0")
        with pytest.raises(ImproperlyConfigured, match="UTF-8"):
            conf.Environment(tmp_path / ".env")


def test_blank_is_the_default(load):
    defaults = load()
    assert defaults["PORTAL_AREA"] == "620902"
    assert defaults["PORTAL_AS_OF"] is None
    assert defaults["DEBUG"] is False
    assert defaults["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert Path(defaults["PORTAL_SEEDS"]) == Path(settings.BASE_DIR) / "seeds"


def test_values_are_read(load, tmp_path):
    read = load(
        PORTAL_AREA=" CN ", PORTAL_AS_OF="2023-04-30", PORT="80", DEBUG="On", HTTPS="1",
        ALLOWED_HOSTS="a.cn, b.cn,", PORTAL_SEEDS=str(tmp_path), IDLE_MINUTES="20",
        LOCKOUT_FAILURES="3", LOCKOUT_MINUTES="60", PASSWORD_DAYS="0", REQUIRE_SECOND_FACTOR="on",
    )  # fmt: skip
    assert read["PORTAL_AREA"] == "CN"
    assert read["PORTAL_AS_OF"] == datetime.date(2023, 4, 30)
    assert read["PORT"] == 80
    assert read["DEBUG"] is True
    assert read["SESSION_COOKIE_SECURE"] is read["SECURE_SSL_REDIRECT"] is True
    assert read["ALLOWED_HOSTS"] == ["a.cn", "b.cn"]
    assert read["SESSION_COOKIE_AGE"] == 20 * 60
    assert (read["AXES_FAILURE_LIMIT"], read["ADDRESS_FAILURES"]) == (3, 18)
    assert read["AXES_COOLOFF_TIME"] == datetime.timedelta(hours=1)
    assert read["PASSWORD_DAYS"] == 0
    assert read["REQUIRE_SECOND_FACTOR"] is True


def test_the_example_lists_every_variable_and_no_other(load, monkeypatch):
    read = set()
    original = conf.Environment.read

    def spy(self, name, *arguments):
        read.add(name)
        return original(self, name, *arguments)

    monkeypatch.setattr(conf.Environment, "read", spy)
    load(**SITE, DATABASE_OWNER_URL=OWNER_URL)
    names = names_in_example()
    assert set(names) == read
    assert len(names) == len(read)


def test_the_example_shows_the_defaults(load, tmp_path):
    lines = re.findall(r"^([A-Z_]+)=(.+)$", EXAMPLE.read_text(), re.MULTILINE)
    assert chosen(load(**dict(lines))) == chosen(load())


def test_the_environment_goes_before_the_file(monkeypatch, tmp_path):
    file = tmp_path / ".env"
    file.write_text("PORTAL_TEST_ONE=file\nPORTAL_TEST_TWO=file\n")
    monkeypatch.setenv("PORTAL_TEST_ONE", "environment")
    monkeypatch.setenv("PORTAL_TEST_TWO", "")  # so that it is restored
    monkeypatch.delenv("PORTAL_TEST_TWO")
    environment = conf.Environment(file)
    assert environment.text("PORTAL_TEST_ONE", "") == "environment"
    assert environment.text("PORTAL_TEST_TWO", "") == "file"


class TestDatabases:
    def test_embedded_has_two_roles(self, load, tmp_path):
        databases = load()["DATABASES"]
        assert {alias: values["USER"] for alias, values in databases.items()} == {
            "default": roles.APP,
            "owner": roles.OWNER,
        }
        assert {values["HOST"] for values in databases.values()} == {str(tmp_path)}

    def test_one_address_serves_both(self, load):
        databases = load(**SITE)["DATABASES"]
        assert [values["USER"] for values in databases.values()] == ["app", "app"]

    def test_an_owner_of_its_own(self, load):
        databases = load(**SITE, DATABASE_OWNER_URL=OWNER_URL)["DATABASES"]
        assert [values["USER"] for values in databases.values()] == ["app", "boss"]
        assert {values["NAME"] for values in databases.values()} == {"portal"}


class TestSecretKey:
    def test_is_made_once_and_kept_from_others(self, load, tmp_path):
        first = load()["SECRET_KEY"]
        assert len(first) >= 50
        assert load()["SECRET_KEY"] == first
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
        assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]

    def test_is_another_elsewhere(self, load, tmp_path):
        assert load()["SECRET_KEY"] != load(PORTAL_STATE=str(tmp_path / "b"))["SECRET_KEY"]

    def test_a_given_one_is_not_written(self, load, tmp_path):
        assert load(**SITE)["SECRET_KEY"] == SITE["SECRET_KEY"]
        assert list(tmp_path.iterdir()) == []

    def test_a_real_site_needs_its_own(self, load):
        with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
            load(DATABASE_URL=URL)

    def test_the_first_of_two_writers_wins(self, tmp_path):
        conf._write_once(tmp_path / "key", "first")
        conf._write_once(tmp_path / "key", "second")
        assert (tmp_path / "key").read_text() == "first"

    @pytest.mark.parametrize("state", ["file", "file/inside"])
    def test_a_state_that_is_no_folder_is_named(self, load, tmp_path, state):
        (tmp_path / "file").write_text("")
        with pytest.raises(ImproperlyConfigured, match=r"PORTAL_STATE=.*不能写入"):
            load(PORTAL_STATE=str(tmp_path / state))
