"""`manage.py setup`: what is asked, what is written, and in which order things are done."""

import io
import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as portal
from django.core.management import CommandError, call_command

from suzhou_portal import misspelt
from suzhou_portal.founding import dotenv
from suzhou_portal.management.commands import setup
from tests.cases import case
from tests.founding.test_divisions import JINTA, STATISTICAL

ROOT = Path(portal.BASE_DIR)
SECRET = "postgres://app:geheim@db.example.cn:5432/portal"


@pytest.fixture
def place(settings, tmp_path, monkeypatch):
    """A portal's folder in which nothing is set up; its commands are noted instead of run."""
    base, state = tmp_path / "portal", tmp_path / "state"
    shutil.copytree(ROOT / "seeds" / "divisions", base / "seeds" / "divisions")
    shutil.copy(ROOT / ".env.example", base)
    (base / "jinta.csv").write_text(STATISTICAL, encoding="gb18030")
    settings.BASE_DIR, settings.PORTAL_STATE = base, state
    settings.PORTAL_SEEDS = base / "seeds"
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(setup, "_run", lambda *run: RAN.append(run))
    RAN.clear()
    return base


RAN: list = []


def flags(place, **more):
    said = {
        "code": "620921", "divisions": place / "jinta.csv", "district": "金塔县",
        "administrator": "张三", **more,
    }  # fmt: skip
    return [f"--{name.replace('_', '-')}={value}" for name, value in said.items() if value != ""]


def run(place, *words, answers=(), monkeypatch=None, **more):
    out, left = io.StringIO(), list(answers)
    if monkeypatch:

        def answer(asked):
            out.write(asked)
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", answer)
    else:
        words = ["--no-input", *words, *flags(place, **more)]
    call_command("setup", *words, stdout=out)
    assert not left
    return out.getvalue()


def said_in(place):
    return dotenv.read(place / ".env")


def test_all_as_flags_writes_settings_and_divisions_and_then_does_all(place, settings):
    run(place)
    said = said_in(place)
    folder = settings.PORTAL_STATE / "seeds"
    assert (said["PORTAL_AREA"], said["PORTAL_SEEDS"]) == ("620921", str(folder))
    assert stat.S_IMODE((place / ".env").stat().st_mode) == 0o600
    assert {*misspelt.names_in(place / ".env")} == {*misspelt.names_in(ROOT / ".env.example")}
    lines = (folder / "divisions" / "620921.csv").read_text().splitlines()
    assert "62,甘肃省,province," in lines
    assert [f"{code},{name}" in "\n".join(lines) for code, name in JINTA.items()] == [True, True]
    assert [words for words, _ in RAN] == [
        ["first_account", "--check"], ["prepare"], ["first_account", "zhangsan", "张三"],
    ]  # fmt: skip


def test_what_is_missing_is_refused_by_name_before_anything_is_done(place):
    with pytest.raises(CommandError, match=r"--divisions.*--administrator") as caught:
        call_command("setup", "--no-input", "--code=620921")
    assert "--city" not in str(caught.value)  # which is known
    assert not (place / ".env").exists()
    assert RAN == []


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"code": "6209"}, "--code 不正确：应为6位"),
        ({"divisions": "nowhere.csv"}, "--divisions 不正确：nowhere.csv 读不出来"),
        ({"address": "portal.example.cn"}, "--address 不正确：.*不是网址"),
        ({"address": "https://a.cn,http://b.cn"}, "要么都用https"),
        ({"address": "https://a.cn", "proxies": "0"}, "至少有1层"),
        ({"database": "mysql://app:geheim@db/x"}, "--database 不正确：应为postgres"),
        ({"login": "张 三"}, "--login 不正确：账号只能含"),
    ],
)
def test_a_bad_answer_names_its_flag_and_no_secret(place, more, told):
    with pytest.raises(CommandError, match=told) as caught:
        run(place, **more)
    assert "geheim" not in str(caught.value)
    assert not (place / ".env").exists()


def test_addresses_settle_all_that_follows_from_them(place):
    expected = {
        "https://m.example.cn,https://www.m.example.cn": (
            "m.example.cn,www.m.example.cn,127.0.0.1,localhost,[::1]", "true", "1", "127.0.0.1",
        ),
        "http://10.0.0.5:8080": ("10.0.0.5,127.0.0.1,localhost,[::1]", "false", "0", "0.0.0.0"),  # noqa: S104
    }  # fmt: skip
    for address, values in expected.items():
        with case(address):
            run(place, "--overwrite", address=address)
            said = said_in(place)
            names = ("ALLOWED_HOSTS", "HTTPS", "PROXY_COUNT", "PORTAL_BIND")
            assert tuple(said[name] for name in names) == values
    assert said["PORT"] == "8080"


def test_a_database_of_ones_own_is_never_shown_and_keeps_its_key(place):
    assert "geheim" not in run(place, database=SECRET)
    key = said_in(place)["SECRET_KEY"]
    assert len(key) >= 50
    assert "geheim" not in run(place)  # what was said before is known
    assert said_in(place)["DATABASE_URL"] == SECRET
    assert said_in(place)["SECRET_KEY"] == key


def test_an_env_file_is_changed_only_with_leave_and_keeps_its_other_lines(place):
    own = "# ours\nSITE_SPONSOR=某局\nPORTAL_AREA=620902\n"
    (place / ".env").write_text(own)
    with pytest.raises(CommandError, match=r"PORTAL_AREA.*--overwrite"):
        run(place)
    assert (place / ".env").read_text() == own
    run(place, "--overwrite")
    text = (place / ".env").read_text()
    assert text.startswith("# ours\nSITE_SPONSOR=某局\nPORTAL_AREA=620921\n")


def test_an_interrupted_run_goes_on_with_what_was_said(place, monkeypatch):
    monkeypatch.setattr(setup, "_run", stop_at("prepare"))
    with pytest.raises(CommandError):
        run(place, address="http://10.0.0.5:8080")
    monkeypatch.setattr(setup, "_run", lambda *done: RAN.append(done))
    before = (place / ".env").read_text()
    call_command("setup", "--no-input", "--administrator=张三", stdout=io.StringIO())
    assert (place / ".env").read_text() == before
    assert [words[0] for words, _ in RAN] == ["first_account", "prepare", "first_account"]


def stop_at(name):
    def stopped(words, _):
        if words[0] == name:
            raise CommandError("stopped")

    return stopped


def test_what_the_database_refuses_leaves_no_trace(place, monkeypatch):
    monkeypatch.setattr(setup, "_run", stop_at("first_account"))
    with pytest.raises(CommandError):
        run(place)
    assert not (place / ".env").exists()
    assert not portal.PORTAL_STATE.exists()


def test_asked_one_by_one_and_again_where_it_was_wrong(place, monkeypatch):
    answers = [
        "62092", "620921", str(place / "no.csv"), str(place / "jinta.csv"), "金塔县", "", "",
        "", "", "也许", "", "", "张三", "", "8", "是", "",
    ]  # fmt: skip
    said = run(place, answers=answers, monkeypatch=monkeypatch)
    for told in ("应为6位的区县代码", "读不出来", "请回答“是”或“否”", "这一项要填写"):
        with case(told):
            assert told in said
    assert "演示数据：否" in said
    assert ["prepare", "--demo"] in [words for words, _ in RAN]


@pytest.mark.parametrize("last", [["q"], []])
def test_given_up_nothing_is_done(place, monkeypatch, last):
    answers = ["620921", str(place / "jinta.csv"), "金塔县", "", "", "", "", "", "张三", "", *last]
    with pytest.raises(CommandError, match="什么都没有做"):
        run(place, answers=answers, monkeypatch=monkeypatch)
    assert RAN == []
    assert not (place / ".env").exists()


SIGN_IN = """
import sys
from django.test import Client
client = Client(SERVER_NAME="localhost")
client.post("/account/sign-in/", {"username": "zhangsan", "password": sys.argv[-1]})
assert client.get("/desk/").headers["Location"].startswith("/account/password/")
assert "金塔县" in client.get("/dashboard/").text
print("signed in")
"""


@pytest.mark.exhaustive
def test_from_nothing_to_an_administrator_who_signs_in(tmp_path):
    base = tmp_path / "portal"
    leave = shutil.ignore_patterns(".*", "var", "tests", "docs", "bench")
    shutil.copytree(ROOT, base, ignore=leave)
    shutil.copy(ROOT / ".env.example", base)
    (base / "jinta.csv").write_text(STATISTICAL)
    known = {*misspelt.names_in(base / ".env.example"), "DJANGO_SETTINGS_MODULE"}
    clean = {name: value for name, value in os.environ.items() if name not in known}
    manage = [sys.executable, str(base / "manage.py")]
    done = subprocess.run(
        [*manage, "setup", "--no-input", *flags(base)],
        env=clean, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    password = re.search(r"一次性密码：(\S+)", done.stdout)[1]
    script = base / "sign_in.py"
    script.write_text(
        f"import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'suzhou_portal.settings'\ndjango.setup()\n{SIGN_IN}"
    )
    signed_in = subprocess.run(
        [sys.executable, str(script), password],
        env=clean, cwd=base, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert signed_in.stdout == "signed in\n", signed_in.stderr
