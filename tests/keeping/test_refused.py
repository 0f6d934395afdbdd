"""What is no backup, or none any more, or not for this portal, is refused before anything changes."""

import hashlib
import zipfile

import pytest
from django.core.management import CommandError
from django.db import connections

from suzhou_portal.keeping.restore import readable
from tests.cases import case
from tests.keeping import portals
from tests.keeping.portals import another, backed_up, rewritten, said, whole


def refused(path, match):
    """By both ways in, since both ask the same question first."""
    for more in ([], ["--check"]):
        with pytest.raises(CommandError, match=match):
            said("restore", str(path), *more)


def begins_at(path):
    """Where each member's content begins in the file, and how long it is."""
    with zipfile.ZipFile(path) as pack, path.open("rb") as file:
        for info in pack.infolist():
            file.seek(info.header_offset + 26)
            lengths = file.read(4)
            name, extra = (int.from_bytes(lengths[at : at + 2], "little") for at in (0, 2))
            yield info.filename, info.header_offset + 30 + name + extra, info.file_size


def test_a_flipped_byte_in_any_member(portal, tmp_path):
    backed_up(path := tmp_path / "one.zip")
    good, spoilt = path.read_bytes(), tmp_path / "spoilt.zip"
    members = list(begins_at(path))
    assert len(members) == 8
    with another(tmp_path / "elsewhere"):
        for name, begin, length in members:
            with case(name):
                at = begin + length // 2
                spoilt.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
                refused(spoilt, "已损坏")
        assert connections["owner"].introspection.table_names() == []
        assert portals.files() == {}


def test_a_file_that_was_cut_off_or_lacks_a_member(portal, tmp_path):
    backed_up(path := tmp_path / "one.zip")
    good, cut = path.read_bytes(), tmp_path / "cut.zip"
    for length in (0, 10, len(good) // 2, len(good) - 1):
        cut.write_bytes(good[:length])
        refused(cut, "不完整、已损坏")
    upload = next(name for name, _, _ in begins_at(path) if name.startswith("uploads/"))
    refused(rewritten(path, lambda manifest: None, upload), "不完整：内容与清单不符")
    refused(rewritten(path, lambda manifest: manifest.pop("rows")), "清单中缺少内容")
    refused(tmp_path / "none.zip", "没有文件")


def test_a_newer_portals(portal, tmp_path):
    backed_up(path := tmp_path / "one.zip")
    former = whole()

    def later(manifest):
        manifest["portal"] = "9.0"
        manifest["migrations"].append(["volunteers", "0999_later"])

    refused(rewritten(path, later), r"更新版本（9\.0）.*没有 volunteers\.0999_later.*没有恢复")
    refused(rewritten(path, lambda manifest: manifest.update(format=2)), "更新版本的门户")
    assert (portals.rows(), portals.files()) == (former[0], former[2])


def test_what_nobody_knows_any_more_is_no_sign_of_a_newer_portal(portal, tmp_path):
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('gone', '1', now())"
        )
    try:
        backed_up(tmp_path / "one.zip")
        readable(tmp_path / "one.zip")
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'gone'")


def test_another_districts(portal, tmp_path, settings):
    backed_up(tmp_path / "one.zip")
    settings.PORTAL_AREA = "620921"
    with pytest.raises(CommandError, match=r"设置 PORTAL_AREA=620902。没有恢复"):
        said("restore", str(tmp_path / "one.zip"), "--replace")


def test_one_that_is_not_all_there_leaves_the_former_portal_whole(portal, tmp_path):
    """Every table is counted before anything is committed."""
    backed_up(path := tmp_path / "one.zip")
    former = whole()
    short = rewritten(path, lambda manifest: manifest["rows"].update(files_attachment=4))
    with pytest.raises(CommandError, match="files_attachment 的行数与清单不符"):
        said("restore", str(short), "--replace")
    rows, entries, files = whole()
    assert (rows, files) == (former[0], former[2])
    assert former[1].items() <= entries.items()


def test_a_name_that_leads_out_of_the_storage(portal, tmp_path):
    backed_up(path := tmp_path / "one.zip")
    former = whole()
    evil = tmp_path / "evil.zip"
    told = {"bytes": 2, "sha256": hashlib.sha256(b"hi").hexdigest()}
    outside = {"uploads/../../out": told}
    rewritten(path, lambda manifest: manifest["members"].update(outside)).rename(evil)
    with zipfile.ZipFile(evil, "a") as pack:
        pack.writestr("uploads/../../out", b"hi")
    with pytest.raises(CommandError, match="附件没有写成，数据库没有改变"):
        said("restore", str(evil), "--replace")
    assert whole()[0] == former[0]
    assert not list(tmp_path.rglob("out"))
