"""What a killed restore has left goes with the next; what another one works in stays."""

import tempfile

from suzhou_portal.keeping.passing import passing


def test_folders_go_afterwards_and_so_do_those_of_killed_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, others = tmp_path / "ours-left", tmp_path / "theirs-left"
    for folder in (left, others):
        folder.mkdir()
        (folder / ".held").touch()
        (folder / "database.dump").write_text("李四")
    ended = []
    with passing("ours-") as working:
        (working / "database.dump").write_text("张三")
        with passing("ours-", ended.append):
            assert working.exists()
            assert working.stat().st_mode & 0o077 == 0
        assert not left.exists()
    assert [*tmp_path.iterdir()] == [others]
    assert ended == []
