"""A portal is backed up while it is used, and restored elsewhere as it was."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError
from django.db import ProgrammingError, connection, connections, transaction

from communities.models import GridEvent
from suzhou_portal.audit.models import AuditEntry
from suzhou_portal.files.models import Attachment, attach
from suzhou_portal.keeping import backup, database, packs, stored
from suzhou_portal.keeping.errors import KeepingError
from suzhou_portal.keeping.restore import prove_files, put_key
from suzhou_portal.service.models import RunKind, ServiceRun
from tests.committed import apart
from tests.databases import server
from tests.factories.communities import GridEventFactory
from tests.files.pictures import photo
from tests.keeping import portals
from tests.keeping.portals import another, attachments, backed_up, said, whole


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def refused(statement):
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_all_of_it_is_restored_elsewhere_and_proved(portal, tmp_path, settings):
    (rows, entries, files), path = whole(), tmp_path / "one.zip"
    assert len(files) == 5
    assert "附件5个" in backed_up(path)
    assert mode(path) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"state", "one.zip"}
    [run] = ServiceRun.objects.all()
    assert (run.kind, run.ok, run.path) == (RunKind.BACKUP, True, str(path))
    assert run.bytes == path.stat().st_size
    assert run.finished_at >= run.started_at
    key = settings.SECRET_KEY
    with another(tmp_path / "elsewhere"):
        settings.SECRET_KEY = "of a new portal"
        (settings.PORTAL_STATE / "secret_key").write_text(settings.SECRET_KEY)
        told = said("restore", str(path))
        assert "附件5个逐一打开核对无误" in told
        assert "密钥已恢复。" in told
        assert portals.rows() == rows
        assert portals.files() == files
        assert entries.items() <= portals.entries().items()
        assert (settings.PORTAL_STATE / "secret_key").read_text() == key
        assert len(attachments()) == 3
        assert {mode(one) for one in stored.root().rglob("*")} == {0o600, 0o700}
        assert mode(stored.root()) == 0o700
        [run] = ServiceRun.objects.all()
        assert (run.kind, run.ok, run.path) == (RunKind.RESTORE, True, str(path))
        assert AuditEntry.objects.filter(model="service.servicerun").count() == 1
        # What the application may do is as before.
        Attachment.objects.update(name="改名.jpg")
        refused("UPDATE audit_auditentry SET note = ''")
        refused("DELETE FROM audit_auditentry")
        refused("INSERT INTO audit_auditentry (action) VALUES ('change')")
        refused("DROP TABLE audit_auditentry")
        refused("UPDATE service_servicerun SET ok = false")
    settings.SECRET_KEY = key


def test_a_key_that_is_set_stays(portal, tmp_path, settings):
    backed_up(tmp_path / "one.zip")
    settings.SECRET_KEY, key = "set", settings.SECRET_KEY
    assert "与备份时不同" in put_key(packs.BackupFile(tmp_path / "one.zip"))
    assert (portal / "secret_key").read_text() == key
    settings.SECRET_KEY = key
    assert "与备份时相同" in put_key(packs.BackupFile(tmp_path / "one.zip"))


def test_records_are_replaced_only_when_that_is_asked_for(portal, tmp_path, settings):
    former, path = whole(), tmp_path / "one.zip"
    backed_up(path)
    GridEvent.objects.update(title="后来改的")
    later = attach(GridEvent.objects.first(), photo(size=(99, 99)))
    content, changed = attachments()[later.pk], whole()
    with pytest.raises(CommandError, match="加 --replace。没有恢复"):
        said("restore", str(path))
    assert whole() == changed
    told = said("restore", str(path), "--replace")
    assert (portals.rows(), portals.files()) == (former[0], former[2])
    [aside] = settings.PORTAL_STATE.glob("replaced-*")
    assert str(aside) in told
    assert (aside / later.file.name).read_bytes() == content


def test_nothing_is_restored_while_somebody_uses_the_database(portal, tmp_path):
    backed_up(tmp_path / "one.zip")
    with another(tmp_path / "elsewhere") as name:
        with (
            server._connect(dbname=name),
            pytest.raises(CommandError, match=r"还有1个连接在使用数据库"),
        ):
            said("restore", str(tmp_path / "one.zip"))
        assert connections["owner"].introspection.table_names() == []
        assert portals.files() == {}


def test_two_at_once(portal, tmp_path):
    with server._connect(dbname=connection.settings_dict["NAME"]) as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [backup.ALONE])
        with pytest.raises(CommandError, match="另一个备份正在进行"):
            backed_up(tmp_path / "one.zip")
    assert not list(tmp_path.glob("*.zip"))
    [run] = ServiceRun.objects.all()
    assert (run.ok, run.detail) == (False, "另一个备份正在进行，这一次没有备份。")
    backed_up(tmp_path / "one.zip")


def test_a_file_that_is_lost_is_told_and_the_others_are_kept(portal, tmp_path):
    lost = Attachment.objects.first()
    stored.place_of(lost.file.name).unlink()
    path = tmp_path / "one.zip"
    with pytest.raises(CommandError, match=f"丢失了1个：{lost.file.name}"):
        backed_up(path)
    [run] = ServiceRun.objects.all()
    assert not run.ok
    assert run.bytes == path.stat().st_size
    proof = prove_files(packs.BackupFile(path))
    assert (proof.files, proof.lost) == (4, [lost.file.name])
    other = stored.place_of(Attachment.objects.last().file.name)
    other.write_bytes(other.read_bytes()[:-1] + b"x")
    with pytest.raises(KeepingError, match="1个附件与备份不符"):
        prove_files(packs.BackupFile(path))


def test_a_file_that_comes_and_goes_between_two_looks_begins_it_anew(portal, tmp_path, monkeypatch):
    """It came after all were held, and went after the moment that is kept: that moment refers to it."""
    moments, take_all, missing = [], stored.HeldFiles.take_all, stored.HeldFiles.missing

    def came(held):
        take_all(held)
        if not moments:
            moments.append(attach(GridEventFactory(), photo(size=(9, 9))))

    def went(held, names):
        if len(moments) == 1:
            moments.append(moments[0].file.name in names)
            meanwhile(moments[0].delete)
        return missing(held, names)

    monkeypatch.setattr(stored.HeldFiles, "take_all", came)
    monkeypatch.setattr(stored.HeldFiles, "missing", went)
    backed_up(tmp_path / "one.zip")
    assert moments[1:] == [True]
    assert packs.BackupFile(tmp_path / "one.zip").uploads().keys() == stored.named("owner").keys()


def test_what_goes_while_it_is_made_is_in_it(portal, tmp_path, monkeypatch):
    dump, before = backup._dump, stored.named("owner")

    def all_gone(*given):
        meanwhile(deleted)
        dump(*given)

    monkeypatch.setattr(backup, "_dump", all_gone)
    backed_up(tmp_path / "one.zip")
    assert not Attachment.objects.exists()
    backed = packs.BackupFile(tmp_path / "one.zip")
    assert backed.manifest["rows"]["files_attachment"] == 3
    assert backed.uploads().keys() == before.keys()


def meanwhile(act):
    with ThreadPoolExecutor(1) as threads:
        threads.submit(apart, act).result()


def deleted():
    for one in Attachment.objects.all():
        one.delete()


def test_nothing_is_written_over_and_nothing_left_behind(portal, tmp_path, monkeypatch):
    path = tmp_path / "one.zip"
    path.write_text("something else")
    with pytest.raises(CommandError, match="已经存在"):
        backed_up(path)
    assert path.read_text() == "something else"
    with monkeypatch.context() as broken:
        broken.setattr(backup, "_dump", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backed_up(tmp_path / "two.zip")
    assert {one.name for one in tmp_path.iterdir()} == {"one.zip", "state"}
    assert not list(portal.glob(f"{stored.PREFIX}*"))


def test_what_a_killed_one_left_is_swept_and_what_another_writes_is_not(portal, tmp_path):
    (portal / f"{stored.PREFIX}killed").mkdir()
    left, written = tmp_path / ".a.zip.1.partial", tmp_path / ".b.zip.2.partial"
    left.touch()
    with packs._held(written):
        backed_up(tmp_path / "one.zip")
    assert written.exists()
    assert not left.exists()
    assert not list(portal.glob(f"{stored.PREFIX}*"))


@pytest.mark.django_db(databases=["default", "owner"])
def test_what_a_restore_replaces_goes_as_a_whole():
    left = (
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')"
        " UNION ALL SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')"
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(left)
        assert len(cursor.fetchall()) > 500
        cursor.execute(database.EMPTY)
        cursor.execute(left)
        assert cursor.fetchall() == []
